// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline __used int helper(int value)
{
	return value * 3;
}

int show(int value);
int show(int value)
{
	/* not a tail call of the compiler, which would come at the end */
	asm volatile("cmpl $70000, %0\n\tjg helper\n\t.p2align 4\n\tlfence" : : "r"(value));
	return value + 2;
}

int more(int value);
int more(int value)
{
	return helper(value) + 5;
}
