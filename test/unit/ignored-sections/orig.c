// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

asm(".pushsection .note.unit,\"a\",@progbits\n\t.quad show, 1\n.popsection\n"
    ".pushsection .vendor,\"a\",@note\n\t.quad show, 1\n.popsection\n"
    ".pushsection .printk_index,\"a\"\n\t.quad show, 1\n.popsection\n"
    ".pushsection .discard.addressable,\"a\"\n\t.quad show\n.popsection\n"
    ".pushsection .comment\n\t.string \"unit 1\"\n.popsection\n");

int show(int value);
int show(int value)
{
	return value + 1;
}

int other(int value);
int other(int value)
{
	return value + 3;
}
