// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static const int limits[4] = { 1, 2, 3, 4 };
const int *const limits_pointer = limits;

int show(int value);
int show(int value)
{
	return limits[value];
}

int show_next(int value);
int show_next(int value)
{
	return limits[value + 1] + 7;
}

int other(int value);
int other(int value)
{
	return value + 7;
}
