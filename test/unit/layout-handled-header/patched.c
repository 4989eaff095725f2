// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
#include "handled.h"
# 1 "part.h" 1
KPATCH_TYPE_HANDLED("struct item", "extra is not read of objects whose id is odd");
# 6 "case.c" 2

struct item {
	int id;
	int count;
};

int show(struct item *item);
int show(struct item *item)
{
	return item->count + 1;
}
