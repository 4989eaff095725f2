// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* get_user() and the like, arch/x86/include/asm/asm.h, 6.1 */
#define LOAD(value, address)                                                    \
	asm volatile("1:\tmovq (%1), %0\n2:\n"                                  \
		     ".pushsection __ex_table,\"a\"\n\t.balign 4\n"             \
		     "\t.long 1b - .\n\t.long 2b - .\n\t.long 3\n.popsection\n" \
		     : "=r"(value)                                              \
		     : "r"(address))

u64 show(u64 *address);
u64 show(u64 *address)
{
	u64 value = 0;

	LOAD(value, address);
	return value + 1;
}

u64 other(u64 *address);
u64 other(u64 *address)
{
	u64 value = 0;

	LOAD(value, address);
	return value + 3;
}
