// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int count __asm__("count.2");

static noinline int show(int value) __asm__("show.constprop.0.isra.0");
static noinline int show(int value)
{
	count += internal(value) * 4;
	return count * 2;
}

int entry(int value);
int entry(int value)
{
	return show(value) + 1;
}
