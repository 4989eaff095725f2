// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	u64 index;
	u64 scc_index;
	u32 low : 4;
	u32 high : 4;
};

int show(struct item *item);
int show(struct item *item)
{
	return internal(item->scc_index) + item->high + 1;
}
