// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* kept for nobody that is in this file's code */
static noinline __attribute__((used)) int helper(int value)
{
	return value * 5;
}

static int count;

int show(int value);
int show(int value)
{
	return value + count++;
}
