// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define MOVED(name) __attribute__((__section__(name)))
int show(int value);
int show(int value)
{
	return value + 1;
}

int fast(int value);
int fast(int value)
{
	return value + 2;
}

int MOVED(".text.startup.early") early(int value);
int early(int value)
{
	return value + 3;
}
