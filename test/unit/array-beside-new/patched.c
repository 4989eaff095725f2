// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define READ_MOSTLY __attribute__((__section__(".data..read_mostly")))

static int before READ_MOSTLY = 5;
static int added[4] READ_MOSTLY = { 1, 2, 3, 4 };
static int behind READ_MOSTLY = 6;

int show(long value);
int show(long value)
{
	return before++ + behind++ + added[value]++;
}
