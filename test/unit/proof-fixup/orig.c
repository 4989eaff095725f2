// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

long show(const long *address, long value);
long show(const long *address, long value)
{
	long found;

	LOAD(found, address, 2);
	return found + value + 1;
}
