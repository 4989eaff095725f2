// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define WARN_ONCE(text)                                                                \
	do {                                                                           \
		static bool __attribute__((__section__(".data.once"))) __already_done; \
		if (!__already_done) {                                                 \
			__already_done = 1;                                            \
			printk(text);                                                  \
		}                                                                      \
	} while (0)

int show(int value);
int show(int value)
{
	if (value)
		WARN_ONCE("first\n");
	WARN_ONCE("second\n");
	WARN_ONCE("third\n");
	return value;
}

int other(int value);
int other(int value)
{
	WARN_ONCE("other\n");
	return value + 1;
}
