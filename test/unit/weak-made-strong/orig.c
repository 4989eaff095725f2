// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

__attribute__((__weak__)) int show(int value);
__attribute__((__weak__)) int show(int value)
{
	return value + 1;
}

int other(int value);
int other(int value)
{
	return value + 1;
}
