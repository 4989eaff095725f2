// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern int shared;
int shared = 4;

int helper(int value);
int helper(int value)
{
	return value + 9;
}

int show(int value);
int show(int value)
{
	return value + 2;
}
