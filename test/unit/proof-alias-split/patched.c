// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int first(int value);
int first(int value)
{
	return internal(value) * 3 + 2;
}

int second(int value) __attribute__((__alias__("first")));
