// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

# 1 "part.h" 1
static inline int checked(int value)
{
	return internal(value);
}
# 4 "case.c" 2

int __init setup(int value);
int __init setup(int value)
{
	value = checked(value);
	return checked(value);
}

int show(int value);
int show(int value)
{
	return value + 2;
}

int other(int value);
int other(int value)
{
	return checked(value) + 2;
}
