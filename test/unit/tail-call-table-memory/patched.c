// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int first(int value, int which)
{
	return internal(value) * 5 + which;
}

static noinline int second(int value, int which)
{
	return internal(value) * 7 + which;
}

int show(int value, int which);
int show(int value, int which)
{
	static int (*const table[])(int, int) = { first, second };

	return table[which & 1](value, which);
}
