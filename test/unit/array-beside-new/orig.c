// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define READ_MOSTLY __attribute__((__section__(".data..read_mostly")))

static int before READ_MOSTLY = 5;
static int behind READ_MOSTLY = 6;

int show(long value);
int show(long value)
{
	return before++ + behind++;
}
