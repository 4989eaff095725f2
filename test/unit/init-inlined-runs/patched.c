// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

# 1 "part.h" 1
static inline int scaled(int value)
{
	return internal(value) * 7;
}
# 9 "case.c" 2

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
