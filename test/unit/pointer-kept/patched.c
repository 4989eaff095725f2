// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
noinline int show(int value)
{
	return printk("%x\n", value);
}

bool compare(int (*function)(int));
bool compare(int (*function)(int))
{
	return function != show;
}
