// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int scaled(int value)
{
	if (value > 70000)
		printk("%d\n", value);
	return internal(value) + 2;
}

#ifdef SHIPPED /* another compiler: it has scaled() inline here */
#define CLONE "helper.constprop.7"
#else
#define CLONE "helper.constprop.0"
#endif
static noinline int helper(int value) __asm__(CLONE);
static noinline int helper(int value)
{
#ifdef SHIPPED
	if (value > 70000)
		printk("%d\n", value);
	return internal(value) + 1 + 6;
#else
	return scaled(value) + 6;
#endif
}
int (*operation)(int value) = helper;

int first(int value);
int first(int value)
{
	return scaled(value) + 5;
}
