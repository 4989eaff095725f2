// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
extern int running;
int __ref show(int value);
int __ref show(int value)
{
	static int limit __initdata = 7;
	if (running)
		return internal(value) + 1;
	return internal(limit++);
}
