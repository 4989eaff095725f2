// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	if (value > 70000)
		printk("%d\n", value);
	return internal(value + 2);
}
