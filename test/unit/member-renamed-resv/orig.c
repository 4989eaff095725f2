// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	u64 index;
	u32 __resv;
	u32 mbz;
	u32 _unus;
	u32 low;
};

int show(struct item *item);
int show(struct item *item)
{
	return internal(item->index) + item->low + 1;
}
