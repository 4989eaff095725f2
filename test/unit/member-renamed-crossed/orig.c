// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	u64 index;
	u64 rx;
	u64 tx;
};

int show(struct item *item);
int show(struct item *item)
{
	return internal(item->index) + item->rx + 1;
}
