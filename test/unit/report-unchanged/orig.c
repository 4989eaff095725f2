// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int count;

int show(void);
int show(void)
{
	return printk("%d\n", count++);
}
