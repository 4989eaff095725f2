// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void bad(int code) __attribute__((__cold__));

int show(int value);
int show(int value)
{
	if (value > 70000) {
		bad(value);
		return internal(value);
	}
	return value + 1;
}
