// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define THREEFOLD "helper.constprop.1"
#define FIVEFOLD  "helper.constprop.0"
#define FACTOR	  4
#else
#define THREEFOLD "helper.constprop.0"
#define FIVEFOLD  "helper.constprop.1"
#define FACTOR	  3
#endif

static noinline int threefold(int value) __asm__(THREEFOLD);
static noinline int fivefold(int value) __asm__(FIVEFOLD);

static noinline int threefold(int value)
{
	return printk("%d\n", value * FACTOR);
}

static noinline int fivefold(int value)
{
	return printk("%d\n", value * 5);
}

int other(int value);
int other(int value)
{
	return fivefold(value) + 7;
}

int show(int value);
int show(int value)
{
	return threefold(value) + value + 2;
}
