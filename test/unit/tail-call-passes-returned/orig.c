// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int apply(int (*function)(int), int value);

static noinline void *chosen(void)
{
	printk("chosen\n");
	return internal;
}

int show(int value);
int show(int value)
{
	return apply(chosen(), value);
}
