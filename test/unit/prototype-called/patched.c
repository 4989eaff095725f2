// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void noinline work(int value);
void noinline work(int value)
{
	internal(value + 2);
}

int show(int value);
int show(int value)
{
	work(value);
	return value;
}
