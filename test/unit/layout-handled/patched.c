// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
#include "handled.h"

struct item {
	int id;
	int count;
	u64 extra;
};

KPATCH_TYPE_HANDLED("struct item", "extra is not read of objects whose id is odd");

int show(struct item *item);
int show(struct item *item)
{
	return item->count + (int)item->extra;
}
