// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

long show(int value);
long show(int value)
{
	long place;

	asm volatile("leaq inside_later(%%rip), %0" : "=r"(place));
	return place + value + 2;
}

int later(int value);
int later(int value)
{
	printk("%d\n", value);
	asm volatile(".globl inside_later\ninside_later:");
	return internal(value + 7);
}
