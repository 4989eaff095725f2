// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

__used static int values[4];

int show(int value);
int show(int value)
{
	return values[value & 3]++;
}
