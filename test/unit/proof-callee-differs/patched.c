// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int limited(int value)
{
	return internal(value) & 1;
}

int show(int value);
int show(int value)
{
	return internal(limited(value)) + 2;
}
