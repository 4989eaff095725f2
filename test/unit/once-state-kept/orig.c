// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	static bool __attribute__((__section__(".data.once"))) ___done;

	if (!___done) {
		___done = 1;
		printk("once\n");
	}
	return value + 1;
}
