// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int first(int value);
int second(int value);

int show(int value);
int show(int value)
{
	return second(value) + 1;
}
