// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern int limit;
int limit;

int __init setup(int value);
int __init setup(int value)
{
	if (value < 0)
		return -1;
	limit = value * 10;
	return internal(limit);
}
