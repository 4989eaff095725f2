// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int helper(int value) __attribute__((__visibility__("hidden")));
noinline int helper(int value)
{
	return internal(value) * 5;
}

int show(int value);
int show(int value)
{
	return helper(value) + value + 2;
}
