// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifndef MASK
#define MASK 1
#endif

static noinline int limited(int value)
{
	return internal(value) & MASK;
}

static noinline int between(int value)
{
	return limited(value) + internal(value);
}

int show(int value);
int show(int value)
{
	return internal(between(value)) + 2;
}
