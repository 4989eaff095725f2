// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(void);
int show(void)
{
	return printk("%s\n", __func__);
}

int other(void);
int other(void)
{
	return printk("%s: %s\n", __func__, __func__);
}
