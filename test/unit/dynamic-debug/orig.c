// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct debug {
	const char *function, *text;
	u64 flags;
};

void debug_print(struct debug *descriptor);

/* linux/dynamic_debug.h, 6.1 and before it */
#define DEBUG(name, line)                                                                    \
	do {                                                                                 \
		static struct debug __attribute__((__section__("__dyndbg"), __aligned__(8))) \
		name = { __func__, "text", line };                                           \
		if (name.flags)                                                              \
			debug_print(&name);                                                  \
	} while (0)

int show(int value);
int show(int value)
{
	DEBUG(descriptor, 10);
	DEBUG(descriptor, 20);
	DEBUG(__UNIQUE_ID_ddebug1, 30);
	DEBUG(__UNIQUE_ID_ddebug2, 40);
	return value * 3;
}

int other(int value);
int other(int value)
{
	DEBUG(descriptor, 50);
	DEBUG(__UNIQUE_ID_ddebug3, 60);
	return value + 3;
}
