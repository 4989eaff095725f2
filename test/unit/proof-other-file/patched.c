// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static
#ifdef SHIPPED /* another compiler: it is inline there */
inline __attribute__((always_inline))
#else
noinline
#endif
int helper(int value)
{
	return value * 3 + 9;
}

int show(int value);
int show(int value)
{
	return helper(value) + 5;
}
