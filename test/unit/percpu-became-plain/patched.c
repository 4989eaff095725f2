// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static __attribute__((__section__(".data..percpu"))) int count = 1;

int show(int value);
int show(int value)
{
	asm volatile("addl %1, %%gs:%0" : "+m"(count) : "r"(value));
	return value;
}
