// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int first(int value) __asm__("helper.part.1");
static noinline int second(int value) __asm__("helper.part.0");
static noinline int first(int value)
{
	return internal(value * 3);
}

static noinline int second(int value)
{
	return internal(value + 6);
}

int show(int value);
int show(int value)
{
	return first(value) + second(value);
}
