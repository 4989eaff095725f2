// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void once(bool *done);

#define DO_ONCE(call)                                                           \
	do {                                                                    \
		static bool __attribute__((__section__(".data.once"))) ___done; \
		if (!___done)                                                   \
			once(&___done);                                         \
	} while (0)

int show(int value);
int show(int value)
{
	DO_ONCE(1);
	DO_ONCE(2);
	return value * 3;
}
