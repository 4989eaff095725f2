// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int last(int value)
{
	return internal(value) * 3 + internal(value + 1);
}

static noinline int helper(int value)
{
	return last(internal(value) + internal(value + 1));
}

int show(int value);
int show(int value)
{
	return helper(value + 2);
}
