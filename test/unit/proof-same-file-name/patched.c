// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper(int value)
{
	return printk("%d\n", value);
}

#ifdef SHIPPED
#define twice twice_elsewhere
int twice_elsewhere(int value);
#else
static noinline int twice(int value)
{
	return printk("%x\n", value);
}
#endif

int show(int value);
int show(int value)
{
	return helper(value) + twice(value) + value + 2;
}
