// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void (*handler)(int);
void (*handler)(int);

static noinline void work(int value)
{
	internal(value);
}

int start(int value);
int start(int value)
{
	work(value);
	return value;
}
