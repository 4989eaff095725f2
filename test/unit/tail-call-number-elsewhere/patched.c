// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern int limit;

int show(int value);
int show(int value)
{
	if (value > limit)
		limit = value;
	return internal(value);
}
