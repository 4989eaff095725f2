// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int coldest(int value) __asm__("show.coldest");
static noinline int coldest(int value)
{
	return internal(value + 2);
}

int show(int value);
int show(int value)
{
	return coldest(value) + 1;
}
