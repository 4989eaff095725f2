// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int starter(void *unused);
int starter(void *unused)
{
	int x = 0;

	for (;;) {
		x = internal(x + 2);
		if (x == 7)
			return internal(x);
		printk("%d\n", x);
	}
}
