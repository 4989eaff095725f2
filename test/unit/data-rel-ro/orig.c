// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static const char *table[2] __attribute__((__section__(".data.rel.ro.local.table"))) = { "a", "b" };
const char *show(int value);
const char *show(int value)
{
	asm volatile("" : "+m"(table));
	return table[value & 1] + 1;
}
