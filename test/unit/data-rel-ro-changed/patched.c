// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

const char *table[2] __attribute__((__section__(".data.rel.ro.local.table"))) = { "a", "c" };
const char *show(int value);
const char *show(int value)
{
	return table[value & 1];
}
