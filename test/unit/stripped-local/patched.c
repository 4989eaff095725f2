// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* Not carried: the patched function calls that of the kernel. */
static noinline int helper(int value)
{
	printk("%d\n", value);
	return value;
}

int show(int value);
int show(int value)
{
	return helper(value) + 2;
}
