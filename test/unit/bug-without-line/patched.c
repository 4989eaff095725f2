// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define ENTRY(flags)                                     \
	asm volatile("1:\t.byte 0x0f, 0x0b\n"            \
		     ".pushsection __bug_table,\"aw\"\n" \
		     "2:\t.long 1b - .\n\t.word %c0\n"   \
		     "\t.org 2b + 8\n"                   \
		     ".popsection\n"                     \
		     :                                   \
		     : "i"(flags))

int show(int value);
int show(int value)
{
	if (value)
		ENTRY(3);
	return value;
}
