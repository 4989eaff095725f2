// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int inner(int value);
noinline int inner(int value)
{
	return printk("%d\n", value);
}

int outer(int value);
int outer(int value)
{
	return inner(value) + 1;
}
