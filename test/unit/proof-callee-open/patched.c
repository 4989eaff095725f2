// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int scaled(int value);
noinline int scaled(int value)
{
	asm volatile("lfence");
	return internal(value) * 5;
}

int show(int value);
int show(int value)
{
	return scaled(value) + 2;
}
