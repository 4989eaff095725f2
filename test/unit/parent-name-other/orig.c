// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int count;

static noinline int helper(int value)
{
	return printk("%d\n", value);
}

int show(int value);
int show(int value)
{
	count += value;
	return helper(count);
}
