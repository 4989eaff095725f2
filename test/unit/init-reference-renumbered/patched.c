// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
extern int running;
int __ref show(int value);
static int more(int v)
{
	static int limit = 4;
	return internal(limit++);
}
int __ref show(int value)
{
	static int limit __initdata = 7;
	if (running)
		return more(value) + 3;
	return internal(limit++);
}
