// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void stop(int value) __attribute__((__noreturn__));

static noinline void __attribute__((__noreturn__)) die(int value)
{
	printk("die %d\n", value);
	for (;;)
		asm volatile("hlt");
}

int show(int value);
int show(int value)
{
	if (value > 7)
		die(value);
	return value + 1;
}
