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

int (*handler)(int value);

int __init setup(int value);
int __init setup(int value)
{
	handler = show;
	return scaled(value) + 2;
}
