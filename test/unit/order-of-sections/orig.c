// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int first = 1;
static int second = 2;

int show(int value);
int show(int value)
{
	first += value;
	return printk("show %d\n", first);
}

int other(int value);
int other(int value)
{
	second += value;
	return printk("other %d\n", second);
}
