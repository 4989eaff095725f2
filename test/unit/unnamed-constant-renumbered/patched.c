// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static inline int pick(int value)
{
	asm("leaq 1f(%%rip), %%rax\n\tmovl (%%rax,%q0,4), %0\n"
	    ".pushsection .rodata..L__unnamed_27,\"a\"\n1:\t.long 1, 2, 3, 4\n.popsection"
	    : "+r"(value)
	    :
	    : "rax");
	return value;
}
int show(int value);
int show(int value)
{
	return pick(value) + 1;
}
int other(int value);
int other(int value)
{
	return pick(value) + 3;
}
