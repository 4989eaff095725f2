// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern int table[4];

long show(long value);
long show(long value)
{
	return ((long)table + 8) * value + 2;
}
