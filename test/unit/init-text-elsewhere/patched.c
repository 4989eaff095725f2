// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

# 1 "part.h" 1
static inline int scaled(int value)
{
	return internal(value) * 7;
}
# 9 "case.c" 2

int __init setup(int value);
int __init setup(int value)
{
	return scaled(value);
}

int show(int value);
int show(int value)
{
	return internal(value) + 2;
}
