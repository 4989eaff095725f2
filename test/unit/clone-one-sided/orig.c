// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper(int value, int factor)
{
	if (value > 5)
		printk("%d\n", value);
	return value * factor;
}

int show(int value);
int show(int value)
{
	return helper(value, 7) + 1;
}
