// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value, int times);
int show(int value, int times)
{
	int i;

	for (i = 0; i < times; i++)
		value = internal(value);
	return value + 5;
}
