// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper(int value)
{
	return internal(value) * 5 + value;
}

void *show(void);
void *show(void)
{
	return helper;
}
