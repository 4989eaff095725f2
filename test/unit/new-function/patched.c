// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int twice(int value)
{
	printk("twice\n");
	return internal(value) * 2;
}

int show(int value);
int show(int value)
{
	return printk("%d\n", twice(value));
}
