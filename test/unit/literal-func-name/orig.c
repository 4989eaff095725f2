// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

const char *keep(int value);

noinline const char *keep(int value)
{
	printk("%d\n", value);
	return __func__;
}
