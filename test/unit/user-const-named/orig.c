// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern const int CSWTCH[4];
const int CSWTCH[4] = { 1, 2, 3, 4 };

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
