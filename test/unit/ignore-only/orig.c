// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	return value + 1;
}

int other(int value);
int other(int value)
{
	return value + 3;
}
