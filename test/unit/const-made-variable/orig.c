// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern const int limit;
const int limit = 5;

int show(int value);
int show(int value)
{
	return internal(value) + *(volatile const int *)&limit;
}
