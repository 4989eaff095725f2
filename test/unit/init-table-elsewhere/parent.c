// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int other(int value)
{
	return internal(value) + 7;
}

static noinline int shown(int value)
{
	return internal(value) + 5;
}

static int (*const calls[])(int value)
	__attribute__((__section__(".init.rodata"))) = { other, shown };

int __init far_one(int value);
int __init far_one(int value)
{
	return calls[value & 1](value) + 1;
}
