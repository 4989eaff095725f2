// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int total(int value)
{
	static int count;

	count += value;
	return internal(count + 1);
}

int show(int value);
int show(int value)
{
	return total(value) + 1;
}
