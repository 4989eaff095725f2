// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define ANNOTATE(type)                                                             \
	asm volatile("1:\n.pushsection .discard.annotate_insn,\"M\",@progbits,8\n" \
		     "\t.long 1b - ., " #type "\n.popsection")
int show(int value);
int show(int value)
{
	ANNOTATE(3);

	return value + 1;
}
