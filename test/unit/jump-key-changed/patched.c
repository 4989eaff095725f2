// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
#include "tables.h"

extern struct static_key first, second;

int show(int value);
int show(int value)
{
	return static_branch(&second) ? printk("on\n") : value;
}
