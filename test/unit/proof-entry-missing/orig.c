// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

#define BUG_HERE                                                                 \
	asm volatile("1:\tud2\n.pushsection __bug_table,\"aw\"\n"                \
		     "\t.long 1b - .\n\t.long %c0 - .\n\t.word %c1\n\t.word 9\n" \
		     ".popsection" ::"i"(__FILE__),                              \
		     "i"(__LINE__))

int show(int value);
int show(int value)
{
	if (value > 70000)
		BUG_HERE;
	return value + 1;
}
