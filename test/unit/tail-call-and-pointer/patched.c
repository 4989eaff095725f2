// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern void *keep;
void *keep;
static noinline int helper(int value)
{
	return internal(value) * 5 + value;
}

int show(int value);
int show(int value)
{
	keep = helper;
	return helper(value);
}
