// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

# 1 "part.h" 1
static inline int scaled(int value, int wide)
{
	if (wide)
		return internal(value) * 3;
	return internal(value);
}
# 5 "case.c" 2

int first(int value);
int first(int value)
{
	return scaled(value, value & 1);
}

int second(int value);
int second(int value)
{
	return scaled(value, 1) + 2;
}

int third(int value);
int third(int value)
{
	return scaled(value, value & 2) + 3;
}
