// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int count;

static noinline int show(int value)
{
	count += value;
	return printk("%x\n", value);
}

static int (*const __used pointer)(int value) = show;
