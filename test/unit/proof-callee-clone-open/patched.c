// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int scaled(int value, int factor)
{
	if (factor > 100)
		return internal(value);
	asm volatile("lfence");
	return value * factor + internal(value + factor);
}

int show(int value);
int show(int value)
{
	return scaled(value, 7) + 2;
}

int other(int value);
int other(int value)
{
	return scaled(value, 7) * 5;
}
