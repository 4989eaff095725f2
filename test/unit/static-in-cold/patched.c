// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void fatal_path(int value) __attribute__((__cold__));

int show(int value);
int show(int value)
{
	static int calls;

	calls++;
	if (value < 0) {
		static int count;

		fatal_path(++count);
	}
	return printk("%d\n", value);
}
