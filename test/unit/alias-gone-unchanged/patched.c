// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int first(int value);
int first(int value)
{
	return internal(value) + 1;
}

int show(int value);
int show(int value)
{
	return internal(value) + 3;
}
