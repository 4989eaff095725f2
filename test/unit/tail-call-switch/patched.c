// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void set(int (*function)(int));

static noinline int helper(int value)
{
	return internal(value) * 5;
}

int show(int value);
int show(int value)
{
	set(helper);
	switch (value) {
	case 0:
		return internal(5) + 1;
	case 1:
		return internal(7) + 3;
	case 2:
		return internal(1) * 3;
	case 3:
		return internal(6) - 2;
	case 4:
		return internal(9) / 3;
	}
	return 0;
}
