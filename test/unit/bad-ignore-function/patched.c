// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	return value + 2;
}

static const void *const __used __attribute__((__section__(".kpatch.ignore.functions")))
ignored = internal;
