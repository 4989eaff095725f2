// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper(int value, int factor)
{
	return printk("%d %d\n", value, value * factor);
}

int show(int value);
int show(int value)
{
	return helper(value, 3) + helper(value + 1, 3);
}

int other(int value);
int other(int value)
{
	return value + 1;
}
