// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper(int value)
{
	return value * 3;
}

int show(int value);
int show(int value)
{
	if (value > 70000)
		return helper(value);
	asm volatile("ud2\n\t.ascii \"xen\"\n\tcpuid" ::: "eax", "ebx", "ecx", "edx");
	return value + 2;
}

int more(int value);
int more(int value)
{
	return helper(value) + 5;
}
