// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int scaled(int value)
{
	if (value > 70000)
		printk("%d\n", value);
	return internal(value + 2);
}

int first(int value);
int first(int value)
{
	return scaled(value) + 5;
}

int second(int value);
int second(int value)
{
#ifdef SHIPPED /* another compiler: it has scaled() inline here */
	if (value > 70000)
		printk("%d\n", value);
	return internal(value + 1) + 6;
#else
	return scaled(value) + 6;
#endif
}
