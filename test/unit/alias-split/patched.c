// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int first(int value);
noinline int first(int value)
{
	printk("value %d\n", value);
	return value + 2;
}

int second(int value);
noinline int second(int value)
{
	printk("value %d\n", value);
	return value + 1;
}
