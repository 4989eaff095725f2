// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int elsewhere(int value)
{
	return internal(value) * 5 + value;
}

int show(int value);
int show(int value)
{
	return elsewhere(value) + 1;
}
