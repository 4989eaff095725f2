// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper(int value)
{
	return internal(value) * 5;
}

int show(int (*function)(int), int value);
int show(int (*function)(int), int value)
{
	return function(value + 1);
}

void *chosen(void);
void *chosen(void)
{
	return helper;
}
