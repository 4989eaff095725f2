// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
#include "tables.h"

u64 show(u64 *address);
u64 show(u64 *address)
{
	u64 value = 0;

	LOAD(value, address, 3);
	return value + 1;
}

u64 other(u64 *address);
u64 other(u64 *address)
{
	u64 value = 0;

	LOAD(value, address, 2);
	return value + 3;
}
