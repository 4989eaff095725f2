// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int one(int value)
{
	return value * 3;
}

static int two(int value)
{
	return value * 5;
}

static int (*const calls[])(int) = { one, two };

int show(int value);
int show(int value)
{
	return calls[value & 1](value) + value + 1;
}
