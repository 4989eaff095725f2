// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int first(void);
int first(void)
{
	return printk("the first\n");
}

int second(void);
int second(void)
{
	return printk("the second\n");
}

int third(void);
int third(void)
{
	return printk("the third\n");
}
