// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	static const int limits[4] = { 1, 2, 3, 4 };

	return limits[value & 3] + internal(value);
}
