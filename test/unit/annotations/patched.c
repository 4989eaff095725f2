// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);

#define ANNOTATE                                                                            \
	asm volatile("1:\n.pushsection .discard.reachable\n\t.long 1b - .\n"                \
		     ".popsection\n.pushsection .discard.annotate_insn,\"M\",@progbits,8\n" \
		     "\t.long 1b - ., 3\n.popsection")

int show(int value)
{
	ANNOTATE;
	return value + 2;
}

int other(int value);
int other(int value)
{
	ANNOTATE;
	return value + 3;
}
