// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline void work(int value)
{
	internal(value);
}

void other(int value);
void other(int value)
{
	work(value);
}
