// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static inline int scaled(int value)
{
	return internal(value) * 7;
}

int __init setup(int value);
int __init setup(int value)
{
	return scaled(value);
}

int show(int value);
int show(int value)
{
	return value + 2;
}

int same(int value);
int same(int value)
{
	return 0 ? scaled(value) : value;
}
