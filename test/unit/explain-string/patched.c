// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(void);
int show(void)
{
	return printk("after\n");
}

int other(void);
int other(void)
{
	return printk("other\n");
}
