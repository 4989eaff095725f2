// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define TRY(value)                                                                           \
	asm volatile("1:\tmovq (%1), %0\n2:\n"                                               \
		     ".pushsection .fixup,\"ax\"\n3:\tmovl $7, %k0\n\tjmp "                  \
		     "2b\n\tnop\n.popsection\n"                                              \
		     ".pushsection __ex_table,\"a\"\n\t.long 1b - ., 3b - ., 3\n.popsection" \
		     : "=a"(value)                                                           \
		     : "r"(value))

int show(long value);
int show(long value)
{
	TRY(value);
	return value + 2;
}

int other(long value);
int other(long value)
{
	TRY(value);
	return value + 3;
}
