// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int hook(int (*function)(int value));

static noinline int helper(int value)
{
	return printk("%d\n", value);
}

int show(int value);
int show(int value)
{
	return helper(value) + hook(helper) + 1;
}
