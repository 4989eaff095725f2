// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define LATE __attribute__((__section__(".sched.text")))

static noinline LATE int first(int value)
{
	return value * 5;
}

int LATE show(int value);
int LATE show(int value)
{
	asm volatile("" : "+r"(value));
	if (value == 1)
		asm goto("jmp first" : : : : out);
out:
	return first(value) + 1;
}
