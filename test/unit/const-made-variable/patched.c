// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern int limit;
int limit = 5;

int show(int value);
int show(int value)
{
	limit = value;
	return internal(value) + *(volatile int *)&limit;
}
