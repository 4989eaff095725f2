// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern const int limits[];
const int __attribute__((weak)) limits[] = { 30, 40, 50 };

int other(int value);
int other(int value)
{
	return limits[value % 3];
}

int show(int value);
int show(int value)
{
	return internal(value) + limits[value & 1];
}
