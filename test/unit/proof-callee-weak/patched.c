// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int limited(int value);
int noinline __attribute__((__weak__)) limited(int value)
{
	return internal(value) & 1;
}

int show(int value);
int show(int value)
{
	return internal(limited(value)) + 2;
}
