// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int show_sum(int value)
{
	static int count;

	count += value;
	return internal(count);
}

int show(int value);
int show(int value)
{
	return show_sum(value) + 1;
}
