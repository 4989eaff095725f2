// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static __attribute__((__destructor__)) void leave(void)
{
	internal(3);
}

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
