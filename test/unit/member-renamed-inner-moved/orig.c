// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	u64 index;
	struct {
		u32 x;
		u32 y;
	} in;
};

int show(struct item *item);
int show(struct item *item)
{
	return internal(item->index) + item->in.x + 1;
}
