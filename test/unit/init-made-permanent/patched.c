// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int setup(int value);
noinline int setup(int value)
{
	return internal(value) + 1;
}

int show(int value);
int show(int value)
{
	return setup(value) + 1;
}
