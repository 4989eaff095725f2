// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* LOCK_PREFIX of arch/x86/include/asm/alternative.h, 6.1 */
#define LOCKED(instruction, operand)                                                   \
	asm volatile(".pushsection .smp_locks,\"a\"\n\t.balign 4\n"                    \
		     "\t.long 671f - .\n.popsection\n671:\n\tlock; " instruction " %0" \
		     : "+m"(operand))

int show(int *value);
int show(int *value)
{
	LOCKED("incl", *value);
	return *value + 1;
}

int other(int *value);
int other(int *value)
{
	LOCKED("decl", *value);
	return *value + 3;
}
