// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define ENTRY(table, place, more) \
	".pushsection " table ",\"a\"\n\t.long " place " - ." more "\n.popsection\n"
#else
#define ENTRY(table, place, more)
#endif

#define THUNK "call __x86_indirect_thunk_rax\n"

int show(int value);
int show(int value)
{
	asm volatile("1:\t" THUNK ENTRY(".retpoline_sites", "1b", ""));
	asm volatile("2:\tnop\n\tnop\n\tnop\n\tnop\n\t" THUNK ENTRY(".retpoline_sites", "2b", ""));
	return value + 1;
}
