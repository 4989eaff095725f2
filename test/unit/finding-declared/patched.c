// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern const int limits[4];
const int limits[4] = { 1, 2, 3, 5 };

int show(int value);
int show(int value)
{
	return limits[value];
}
