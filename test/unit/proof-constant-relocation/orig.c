// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define WORD "internal"
#else
#define WORD "0"
#endif

long show(long value);
long show(long value)
{
	long found;

	asm("movq 7f(%%rip), %0\n"
	    ".pushsection .rodata.cst8,\"aM\",@progbits,8\n7:\t.quad " WORD "\n.popsection"
	    : "=r"(found));
	return found + value + 1;
}
