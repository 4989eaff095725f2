// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);

#define BUG(name)                                                     \
	asm volatile("1:\t.byte 0x0f, 0x0b\n"                         \
		     ".pushsection __bug_table,\"aw\"\n"              \
		     "2:\t.long 1b - .\n\t.long %c0 - .\n\t.word 7\n" \
		     "\t.word 1\n\t.org 2b + 12\n.popsection"         \
		     :                                                \
		     : "i"(name))
int show(int value)
{
	if (value)
		BUG("old");
	return value + 1;
}
