// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int noinline work(int value);
int noinline work(int value)
{
	internal(value + 1);
	return 0;
}

int show(int value);
int show(int value)
{
	work(value);
	return value;
}
