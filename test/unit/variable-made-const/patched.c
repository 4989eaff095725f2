// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static const int limit = 5;

void set(int value);
void set(int value)
{
}

int show(int value);
int show(int value)
{
	return internal(value) + *(volatile int *)&limit;
}
