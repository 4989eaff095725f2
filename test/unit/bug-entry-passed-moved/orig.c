// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

int warn_trap(void *entry, int value);

int show(int *value);
int show(int *value)
{
	if (value)
		warn_trap(BUG_ENTRY_FORMAT("the value here and its neighbour are too large: %d\n"),
			  value[0] + value[1]);
	return 1;
}
