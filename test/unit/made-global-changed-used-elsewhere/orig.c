// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int noinline helper(int value)
{
	return internal(value) * 5 + value;
}

int show(int value);
int show(int value)
{
	return helper(value) + 1;
}
