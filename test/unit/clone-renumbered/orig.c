// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int threefold(int value) __asm__("helper.constprop.0");
static noinline int fivefold(int value) __asm__("helper.constprop.1");

static noinline int threefold(int value)
{
	return printk("%d\n", value * 3);
}

static noinline int fivefold(int value)
{
	return printk("%d\n", value * 5);
}

int show(int value);
int show(int value)
{
	return threefold(value) + fivefold(value + 1);
}
