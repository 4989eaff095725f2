// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

noinline int one(int value);
noinline int one(int value)
{
	return internal(value) + 1;
}

noinline int two(int value);
noinline int two(int value)
{
	return internal(value) + 2;
}

int show(int value);
int show(int value)
{
	return one(value) + 3;
}
