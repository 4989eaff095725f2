// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int shown(int value)
{
	return internal(value) + 5;
}

/* the assembler resolves both calls */
static noinline int through(int value)
{
	return shown(value) + internal(value);
}

int far_one(int value);
int far_one(int value)
{
	return through(value) + 1;
}
