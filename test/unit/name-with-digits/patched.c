// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper2(int value)
{
	return internal(value * 5);
}

static noinline int step(int value) __asm__("step.2x");
static noinline int step(int value)
{
	return internal(value - 5);
}

int show(int value);
int show(int value)
{
	return helper2(value) + step(value) + 1;
}
