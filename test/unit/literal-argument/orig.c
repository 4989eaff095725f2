// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(void);
int show(void)
{
	return printk("%d\n", 5);
}
