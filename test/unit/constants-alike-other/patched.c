// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

asm(".pushsection .rodata.cst8,\"aM\",@progbits,8\n"
    ".Lone: .quad 1234567\n"
    ".Ltwo: .quad 7654321\n"
    ".popsection\n");

u64 show(void);
u64 show(void)
{
	u64 value;

	asm("movq .Lone, %0" : "=r"(value));
	return value;
}

u64 tell(void);
u64 tell(void)
{
	u64 value;

	asm("movq .Lone, %0" : "=r"(value));
	return value + 1;
}
