// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifndef MORE
#define MORE
#endif

static const int limits[] = { 30, 40, 50 MORE };

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
