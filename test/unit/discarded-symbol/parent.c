// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper(int value)
{
	return printk("%d %d\n", value, value);
}

int other(int value);
int other(int value)
{
	return helper(value) + 1;
}
