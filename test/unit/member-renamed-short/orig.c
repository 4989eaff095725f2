// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	u64 index;
	u32 res1;
	u32 features;
};

int show(struct item *item);
int show(struct item *item)
{
	return internal(item->index) + item->features + 1;
}
