// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static inline __attribute__((__always_inline__)) int bump(int value)
{
	static int count;

	count += value;
	return internal(count);
}

int show(int value);
int show(int value)
{
	return bump(value) + 1;
}

int tell(int value);
int tell(int value)
{
	return bump(value) + 2;
}
