// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define READ_MOSTLY __attribute__((__section__(".data..read_mostly")))

static int before READ_MOSTLY = 6;
static int table[4] READ_MOSTLY = { 1, 2, 3, 4 };
static int behind READ_MOSTLY = 5;

int show(int value);
int show(int value)
{
	int *p;

	for (p = table; p < table + 4; p++)
		value += internal(*p);
	return value + before + behind++;
}
