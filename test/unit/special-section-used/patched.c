// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int entry __attribute__((__section__("own_table"))) = 3;
int show(int value);
int show(int value)
{
	return value + (entry += value);
}
