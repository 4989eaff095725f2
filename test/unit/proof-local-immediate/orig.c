// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define NUMBER "6"
#else
#define NUMBER "5"
#endif

int show(int value);
int show(int value)
{
	asm volatile("cmpl $" NUMBER ", 1f(%%rip)\n1:\tlfence" : : : "cc");
	return value + 1;
}
