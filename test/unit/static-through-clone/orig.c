// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int count __asm__("count.1");

static noinline int show(int value)
{
	count += internal(value) * 3;
	return count * 2;
}

int entry(int value);
int entry(int value)
{
	return show(value) + 1;
}
