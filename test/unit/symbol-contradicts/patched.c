// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int count;
static int spare;

int show(int value);
int show(int value)
{
	count += value;
	return count + 2;
}

int add(int value);
int add(int value)
{
	spare += value;
	return spare;
}
