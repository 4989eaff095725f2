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

noinline int other(int value);
noinline int other(int value)
{
	return internal(value) + 3;
}

static int (*const calls[])(int value)
	__attribute__((__section__(".init.rodata"))) = { show, other };

int __init setup(int value);
int __init setup(int value)
{
	return calls[value & 1](scaled(value)) + 2;
}
