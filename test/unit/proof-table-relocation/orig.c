// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define FIRST internal
#else
#define FIRST NULL
#endif

long show(long value);
long show(long value)
{
	static int (*const table[])(int) = { FIRST, NULL, internal };

	return (long)table[value & 3] + value + 1;
}
