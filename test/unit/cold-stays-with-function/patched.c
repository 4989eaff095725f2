// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
void bad(int) __attribute__((cold));
int internal(int);
int f(int *p, int v)
{
	asm goto("1: movl %1, %0\n.pushsection __ex_table,\"a\"\n.balign 4\n.long 1b - ., "
		 "%l[fault] - ., 3\n.popsection"
		 :
		 : "m"(*p), "r"(v)
		 :
		 : fault);
	return internal(v) + 3;
fault:
	bad(5);
	return -14;
}
int g(int x)
{
	return internal(x) + 1;
}
