// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern int running;

static noinline int __init setup(int value)
{
	return printk("setup\n") + value;
}

static int limit __initdata = 7;

int __init begin(void);
int __init begin(void)
{
	return setup(limit++);
}

int __ref show(int value);
int __ref show(int value)
{
	if (running)
		return internal(value) + 1;
	return setup(limit);
}
