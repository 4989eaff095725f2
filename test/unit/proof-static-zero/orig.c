// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define FIRST 5
#else
#define FIRST 0
#endif

int show(int value);
int show(int value)
{
	static int count = FIRST;

	count += internal(value);
	return count + value + 1;
}
