// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	u64 index;
	u64 scc_idx;
	u32 low : 4;
	u32 top : 4;
};

int show(struct item *item);
int show(struct item *item)
{
	return internal(item->scc_idx) + item->top + 3;
}
