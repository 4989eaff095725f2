// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define READ_MOSTLY __attribute__((__section__(".data..read_mostly")))

static int before READ_MOSTLY = 1;
static int after READ_MOSTLY = 2;

/* what a loop makes of the addresses that it counts with */
int show(int value);
int show(int value)
{
	u64 high, low;

	asm volatile("movq %2, %0\n\tmovq %3, %1"
		     : "=r"(high), "=r"(low)
		     : "i"(&after + 9), "i"(&before - 9));
	return internal(high - low) + before + after;
}
