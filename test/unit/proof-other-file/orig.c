// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED /* another compiler: it is inline there */
#define HOW inline __attribute__((always_inline))
#else
#define HOW noinline
#endif

static HOW int helper(int value)
{
	return value * 3 + 7;
}

int show(int value);
int show(int value)
{
	return helper(value) + 5;
}
