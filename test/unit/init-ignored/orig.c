// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static inline int scaled(int value)
{
	return internal(value) * 3;
}

noinline int show(int value);
noinline int show(int value)
{
	return scaled(value) + 1;
}

noinline int through(int value);
noinline int through(int value)
{
	return show(value) + 3;
}

int __init setup(int value);
int __init setup(int value)
{
	return through(scaled(value)) + 2;
}
