// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define TRY(value, code)                                                                     \
	asm volatile("1:\tmovq (%1), %0\n2:\n"                                               \
		     ".pushsection .fixup,\"ax\"\n3:\tmovl $" #code ", %k0\n\tjmp "          \
		     "2b\n.popsection\n"                                                     \
		     ".pushsection __ex_table,\"a\"\n\t.long 1b - ., 3b - ., 3\n.popsection" \
		     : "=a"(value)                                                           \
		     : "r"(value))

int show(long value);
int show(long value)
{
	TRY(value, 7);
	return value + 1;
}

int other(long value);
int other(long value)
{
	TRY(value, 7);
	return value + 3;
}
