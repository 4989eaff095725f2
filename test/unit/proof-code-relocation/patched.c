// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define WORD "internal"
#else
#define WORD "0"
#endif

long show(long value);
long show(long value)
{
	long found;

	asm("movq $" WORD ", %0" : "=r"(found));
	return found + value + 2;
}
