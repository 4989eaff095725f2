// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	u64 index;
	u32 flags;
	u32 known;
};

int show(struct item *item);
int show(struct item *item)
{
	return internal(item->index) + item->known + item->flags;
}
