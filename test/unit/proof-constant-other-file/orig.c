// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifndef LIMIT
#define LIMIT 30
#define STEP  1
#endif

static const int limits[] = { LIMIT, 40, 50 };

static int spare;

int add(int value);
int add(int value)
{
	spare += value;
	return spare + STEP;
}

int other(int value);
int other(int value)
{
	return limits[value % 3];
}

int show(int value);
int show(int value)
{
	return internal(value) + 1;
}
