// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper(int value)
{
	return value * 3;
}

int show(int value);
int show(int value)
{
	return helper(value) + helper(value + 2);
}
