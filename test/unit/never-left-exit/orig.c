// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void exit_task(int code) __attribute__((__noreturn__));

static noinline void finish(int x)
{
	while (internal(x) > 3)
		printk("still %d\n", x);
	exit_task(x);
}

int by_declared(void *unused);
int by_declared(void *unused)
{
	int x = 0;

	for (;;) {
		x = internal(x + 1);
		if (x == 7)
			exit_task(x);
	}
	return 0;
}

int by_call(void *unused);
int by_call(void *unused)
{
	int x = 0;

	for (;;) {
		x = internal(x + 1);
		if (x == 7)
			finish(x);
		printk("%d\n", x);
	}
	return 0;
}
