// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper(int value)
{
	return internal(value) * 5 + value;
}

static noinline int middle(int value)
{
	internal(value);
	return helper(value + 1);
}

int show(int value);
int show(int value)
{
	return middle(value) + 1;
}
