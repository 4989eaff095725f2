// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	return value + 1;
}

static void __attribute__((__constructor__)) start(void)
{
	printk("started\n");
}
