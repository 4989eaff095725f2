// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int elsewhere(int value);

static noinline int first(int value) __asm__("helper.constprop.0");
static noinline int first(int value)
{
	return internal(value) + 1;
}

static noinline int second(int value) __asm__("helper.constprop.1");
static noinline int second(int value)
{
	return elsewhere(value) + 1;
}

int show(int value);
int show(int value)
{
	return first(value) + second(value);
}

int other(int value);
int other(int value)
{
	return internal(value) * 3;
}
