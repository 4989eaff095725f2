// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int sum(int value)
{
	static int count;

	count += value;
	return internal(count);
}

int show(int value);
int show(int value)
{
	return sum(value) + 1;
}
