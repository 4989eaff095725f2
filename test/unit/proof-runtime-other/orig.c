// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifndef TABLE
#define TABLE "runtime_ptr_hash"
#endif

/* runtime_const_ptr() of asm/runtime-const.h, Linux 6.12 */
u64 show(void);
u64 show(void)
{
	u64 value;

	asm("mov %1,%0\n1:\n.pushsection " TABLE ",\"a\"\n\t.long 1b - 8 - .\n.popsection"
	    : "=r"(value)
	    : "i"(0x0123456789abcdefUL));
	return value;
}
