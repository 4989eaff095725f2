// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int calls;

static noinline int twice(int value)
{
	calls += value;
	return internal(calls) * 2;
}

int show(int value);
int show(int value)
{
	return printk("%d\n", twice(value));
}

int fresh(int value);
int fresh(int value)
{
	return internal(value);
}
