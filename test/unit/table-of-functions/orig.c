// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int show(int value)
{
	return value + 1;
}

extern int (*const table[])(int value);
int (*const table[])(int value) = { show };
