// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int second = 2;
static int first = 1;

int other(int value);
int other(int value)
{
	second += value;
	return printk("other %d\n", second);
}

int show(int value);
int show(int value)
{
	first += value;
	return printk("show %d\n", first);
}
