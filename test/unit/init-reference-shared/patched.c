// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int helper(int value);
int noinline __init helper(int value)
{
	return internal(value) * 5 + value;
}

int show(int value);
int show(int value)
{
	return internal(value) + 1;
}

int __init setup(int value);
int __init setup(int value)
{
	return helper(value);
}
