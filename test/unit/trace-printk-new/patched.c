// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define TRACED(section, name, text)                                                            \
	do {                                                                                   \
		static const char *volatile name __attribute__((__section__(section))) = text; \
		internal(name[1]);                                                             \
	} while (0)

int show(int value);
int show(int value)
{
	TRACED("__trace_printk_fmt", trace_printk_fmt, "first");
	TRACED("__trace_printk_fmt", trace_printk_fmt, "second");
	return value * 3;
}
