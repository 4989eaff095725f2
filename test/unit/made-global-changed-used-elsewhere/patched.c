// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int helper(int value);
int noinline helper(int value)
{
	return internal(value) * 7 + value;
}

int show(int value);
int show(int value)
{
	return helper(value) + 1;
}
