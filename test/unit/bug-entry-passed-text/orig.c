// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

int warn_trap(void *entry, int value);

int show(int value);
int show(int value)
{
	if (value < 0)
		warn_trap(BUG_ENTRY_FORMAT("show: %d\n"), value);
	return value + 1;
}

int other(int value);
int other(int value)
{
	if (value < 0)
		warn_trap(BUG_ENTRY_FORMAT("other: %d\n"), value);
	if (value > 9)
		warn_trap(BUG_ENTRY_FORMAT("other: %d is a lot\n"), value);
	return value;
}
