// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);

int show(int value)
{
	if (value)
		BUG_ENTRY(3);
	return value + 1;
}

int other(int value);
int other(int value)
{
	WARN_ON(value);
	return value + 3;
}
