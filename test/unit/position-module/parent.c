// SPDX-License-Identifier: GPL-2.0-only
#define LATE __attribute__((__section__(".text.late"), __noinline__))

/* What stands behind this has a higher address than the whole of orig.c. */
asm(".pushsection .text.late,\"ax\"\n\t.skip 64, 0x90\n.popsection");

int LATE elsewhere(int value);

static int LATE show(int value)
{
	return value * 2;
}

int LATE elsewhere(int value)
{
	return show(value) + 7;
}
