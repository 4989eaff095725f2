// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define READ_MOSTLY __attribute__((__section__(".data..read_mostly")))

static int added READ_MOSTLY = 5;
static int table[4] READ_MOSTLY = { 1, 2, 3, 4 };
static int also READ_MOSTLY = 6;

int first(void);
int first(void)
{
	return table[0]++;
}

int show(int value);
int show(int value)
{
	value += internal(value);
	return value + added++ + also++;
}
