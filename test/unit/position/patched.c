// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int count;

static noinline int show(int value)
{
	count -= value;
	return printk("%d\n", count);
}

int entry(int value);
int entry(int value)
{
	return show(value) + 1;
}
