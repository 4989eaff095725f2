// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern int fresh;
int fresh = 3;
extern const int numbers[2];
const int numbers[2] = { 1, 2 };

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
