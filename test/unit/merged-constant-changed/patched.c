// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

u64 show(void);
u64 show(void)
{
	u64 value;

	asm("movq 1f, %0\n.pushsection .rodata.cst8,\"aM\",@progbits,8\n"
	    "1:\t.quad 1234568\n.popsection"
	    : "=r"(value));
	return value;
}

u64 other(void);
u64 other(void)
{
	u64 value;

	asm("movq 1f, %0\n.pushsection .rodata.cst8,\"aM\",@progbits,8\n"
	    "1:\t.quad 1234567\n.popsection"
	    : "=r"(value));
	return value + 1;
}
