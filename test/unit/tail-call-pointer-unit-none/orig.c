// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int (*function)(int), int value);
int show(int (*function)(int), int value)
{
	return function(value);
}
