// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper(int value) __asm__("helper.isra.3");
static noinline int helper(int value)
{
	return internal(value + 1);
}

int show(int value);
int show(int value)
{
	return helper(value) + 1;
}
