// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(long value);
int show(long value)
{
	return internal((int)(value >> 1));
}

int twice(int value);
int twice(int value)
{
	return show(value) + show(value + 1);
}
