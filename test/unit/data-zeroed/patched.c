// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int count;

int show(int value);
int show(int value)
{
	count += value;
	return count;
}
