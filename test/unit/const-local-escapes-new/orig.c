// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static const int limits[4] = { 1, 2, 3, 4 };

int show(int value);
int show(int value)
{
	return limits[value & 3] + internal(value);
}
