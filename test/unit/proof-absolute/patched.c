// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern char limit[];

u64 show(u64 value);
u64 show(u64 value)
{
	return value + 2 + (u64)limit;
}
