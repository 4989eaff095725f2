// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define LATE __attribute__((__section__(".sched.text")))

static noinline LATE int first(int value)
{
	return printk("%d\n", value);
}

int LATE show(int value);
int LATE show(int value)
{
	return first(value) + 4;
}
