// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define FACTOR 4
#else
#define FACTOR 3
#endif

static noinline int helper(int value)
{
	return value * FACTOR + 9;
}

int (*operation)(int value) = helper;
