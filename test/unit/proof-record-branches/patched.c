// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define ENTRY(table, place, more) \
	".pushsection " table ",\"a\"\n\t.long " place " - ." more "\n.popsection\n"
#else
#define ENTRY(table, place, more)
#endif

void __SCT__choose(void);
asm(".pushsection .discard.addressable,\"aw\"\n\t.quad __SCK__choose\n.popsection");

int show(int value);
int show(int value)
{
	asm volatile("1:\tcall __SCT__choose\n" ENTRY(".static_call_sites", "1b",
						      "\n\t.long __SCK__choose - ."));
	return internal(value) + 2;
}
