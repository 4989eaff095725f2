// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static const int limits[] = { 30, 40, 50 };

/* of code that is not looked at, nothing is known */
int __init setup(int value);
int __init setup(int value)
{
	return limits[value % 3];
}

int show(int value);
int show(int value)
{
	return internal(value) + limits[0] + limits[value & 1];
}
