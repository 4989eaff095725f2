// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int first = 1;
int second = 1;

int show(int value);
int show(int value)
{
	second += value;
	return first;
}
