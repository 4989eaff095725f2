// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifndef FIRST
#define FIRST 30
#endif

extern const int limits[];
const int limits[] = { FIRST, 40, 50 };

int other(int value);
int other(int value)
{
	return limits[value % 3];
}

int show(int value);
int show(int value)
{
	return internal(value) + limits[0] + limits[value & 1];
}
