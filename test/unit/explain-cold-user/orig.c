// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void fatal_path(const char *text) __attribute__((__cold__));

int show(int value);
int show(int value)
{
	if (value < 0)
		fatal_path("old text\n");
	return printk("%d\n", value);
}
