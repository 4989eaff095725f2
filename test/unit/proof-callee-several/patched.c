// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define FACTOR 4
#else
#define FACTOR 3
#endif

static noinline int scaled(int value)
{
	return printk("%d\n", value * FACTOR);
}
int (*operation)(int value) = scaled;

int show(int value);
int show(int value)
{
	return internal(scaled(value)) + value + 2;
}
