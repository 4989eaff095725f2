// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int first(int value);
int second(int value) __attribute__((__alias__("first")));
int first(int value)
{
	return internal(value) + 1;
}
