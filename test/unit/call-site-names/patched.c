// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static inline int counted(int value)
{
	return printk("%s %d\n", __func__, value);
}

int show(int value);
int show(int value)
{
	return counted(value);
}

int other(void);
int other(void)
{
	return printk("%s: %s\n", __func__, __func__);
}
