// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

enum item { FREE, DIRTY, NEW, NR_LOCKED, NR_ITEMS };

int show(int *item);
int show(int *item)
{
	if (*item == NR_LOCKED)
		return internal(NR_ITEMS);
	return 0;
}
