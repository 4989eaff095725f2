// SPDX-License-Identifier: GPL-2.0-only
/* A line more. */
#include "kernel.h"

int warns(int value);
int warns(int value)
{
	WARN_ON(value);
	return value + 1;
}

int passes_line(int value);
int passes_line(int value)
{
	return internal(__LINE__) + value;
}
