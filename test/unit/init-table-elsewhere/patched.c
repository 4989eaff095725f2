// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

# 1 "part.h" 1
static inline int scaled(int value)
{
	return internal(value) * 7;
}
# 9 "case.c" 2

int far_one(int value);

int __init setup(int value);
int __init setup(int value)
{
	return far_one(scaled(value)) + 2;
}
