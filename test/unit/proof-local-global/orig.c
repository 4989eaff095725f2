// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
int helper(int value);
#else
static noinline int helper(int value)
{
	return printk("%d\n", value);
}
#endif

int show(int value);
int show(int value)
{
	return helper(value) + value + 1;
}
