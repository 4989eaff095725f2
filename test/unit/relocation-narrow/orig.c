// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	asm volatile("movb $narrow, %%al\n\tmovb $1, %%ah" ::: "eax");
	return value;
}

/* something else changes */
int other(int value);
int other(int value)
{
	return value + 1;
}
