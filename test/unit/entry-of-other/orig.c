// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

#define ENTRY(label)                                                                     \
	asm volatile("1:\tud2\n.pushsection __bug_table,\"aw\"\n" label ":\t.long 1b - " \
		     ".\n\t.long 0\n\t.word "                                            \
		     "7\n\t.word "                                                       \
		     "9\n.popsection")
#define OWN "own_entry"

int show(int value);
int show(int value)
{
	long found;

	asm volatile("leaq " OWN "(%%rip), %0" : "=r"(found));
	if (value > 70000)
		ENTRY("own_entry");
	return internal((int)found) + value + 1;
}

int other(int value);
int other(int value)
{
	if (value > 70000)
		ENTRY("other_entry");
	return internal(value) + 3;
}
