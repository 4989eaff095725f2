// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int count;
static int limit = 1;

static noinline int show(int value)
{
	count -= value + limit++;
	return printk("%d\n", count);
}

static int (*const __used pointer)(int value) = show;
