// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

static struct static_key key;

int show(int *value, void (*call)(void));
int show(int *value, void (*call)(void))
{
	if (static_branch(&key))
		printk("%d\n", *value);
	call();
	return *value + 1;
}
