// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper1(int value)
{
	return internal(value * 3);
}

static noinline int step(int value) __asm__("step.1x");
static noinline int step(int value)
{
	return internal(value - 3);
}

int show(int value);
int show(int value)
{
	return helper1(value) + step(value) + 1;
}
