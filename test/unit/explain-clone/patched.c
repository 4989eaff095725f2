// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int work(int value, int kind)
{
	return internal(value + 1) ^ kind;
}

int show(int value);
int show(int value)
{
	return work(value, value) + 1;
}

int more(int value);
int more(int value)
{
	return work(value, 1) + 2;
}
