// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper(int value)
{
	return value * 3;
}

int show(int value);
int show(int value)
{
	if (value > 70000)
		return helper(value);
	asm volatile("nop\n\tnop\n\tnop");
	return value + 1;
}

int more(int value);
int more(int value)
{
	return helper(value) + 5;
}
