// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

const char *keep(int value);

/* The caller keeps the pointer. */
noinline const char *keep(int value)
{
	printk("%d\n", value + 1);
	return "kept";
}
