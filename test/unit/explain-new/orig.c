// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	return printk("%d\n", value);
}

noinline int unused(int value);
noinline int unused(int value)
{
	return internal(value);
}
