// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void complain(int x) __attribute__((__cold__));

void complain(int x)
{
	printk("nothing for %d\n", x);
}

/* its unlikely part jumps back */
int reaper(void *unused);
int reaper(void *unused)
{
	int x = 0;

	for (;;) {
		x = internal(x + 2);
		if (x == 7) {
			complain(x);
			internal(x);
		}
		WARN_ON(x < 0);
	}
	return 0;
}
