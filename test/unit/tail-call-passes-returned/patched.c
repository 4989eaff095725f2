// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int apply(int (*function)(int), int value);

static noinline int helper(int value)
{
	return internal(value) * 5;
}

static noinline void *chosen(void)
{
	printk("chosen\n");
	return helper;
}

int show(int value);
int show(int value)
{
	return apply(chosen(), value + 1);
}
