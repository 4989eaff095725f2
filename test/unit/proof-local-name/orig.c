// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define helper another
#endif
static noinline int helper(int value)
{
	return printk("%d\n", value);
}

int show(int value);
int show(int value)
{
	return helper(value) + value + 1;
}
