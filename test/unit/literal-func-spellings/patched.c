// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

const char *keep(int value);

noinline const char *keep(int value)
{
	printk("%d\n", value + 2);
	return value ? __FUNCTION__ : __PRETTY_FUNCTION__;
}

int pick(unsigned int value);
int pick(unsigned int value)
{
	internal(4);
	switch (value) {
	case 0:
		return 17;
	case 1:
		return 4;
	case 2:
		return 99;
	case 3:
		return 23;
	case 4:
		return 58;
	}
	return -1;
}
