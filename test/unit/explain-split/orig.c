// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int state;
int state;

int show(int value);
int show(int value)
{
	if (!state)
		return 0;
	internal(value);
	internal(value * 3);
	internal(value * 5);
	internal(value * 7);
	return internal(value) + 1;
}

int first(int value);
int first(int value)
{
	return show(value) + show(value + 1) + internal(2);
}
