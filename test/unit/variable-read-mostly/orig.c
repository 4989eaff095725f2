// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int limit;
static int count;

int show(int value);
int show(int value)
{
	count += value;
	return internal(limit);
}

int set(int value);
int set(int value)
{
	limit = value;
	return internal(count);
}
