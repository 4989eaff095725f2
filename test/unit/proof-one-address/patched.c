// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int first, second;

int show(int value);
int show(int value)
{
	first += value;
	second -= value;
	first ^= 7;
	return value + 2;
}

int more(void);
int more(void)
{
	return first + second;
}
