// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define PERCPU static __attribute__((__section__(".data..percpu")))
PERCPU int first = 1;
PERCPU int second = 2;

int other(int value);
int other(int value)
{
	first += value;
	return value;
}

int show(int value);
int show(int value)
{
	second += value;
	return value * 3;
}
