// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int other_show(int value);
int helper(int value);

int noinline helper(int value)
{
	asm volatile("" : "+r"(value));
	return value;
}

int show(int value);
int show(int value)
{
	printk("%d\n", helper(value));
	return other_show(value) + 1;
}
