// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int __init setup(void);
noinline int __init setup(void)
{
	return printk("setup\n");
}

int show(int value);
int show(int value)
{
	return setup() + value;
}
