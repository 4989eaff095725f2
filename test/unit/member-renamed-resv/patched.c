// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	u64 index;
	u32 flags;
	u32 state;
	u32 mode;
	u32 low;
};

int show(struct item *item);
int show(struct item *item)
{
	return internal(item->index) + item->low + item->flags;
}
