// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define MOVED(name) __attribute__((__section__(name)))
int MOVED(".text.unlikely.show") show(int value);
int show(int value)
{
	return value + 4;
}

int MOVED(".text.hot.fast") fast(int value);
int fast(int value)
{
	return value + 5;
}
