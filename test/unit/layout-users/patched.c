// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	int id;
	int count;
	u64 extra;
};

int first(struct item *item);
int first(struct item *item)
{
	return item->id;
}

static noinline int second(struct item *item)
{
	return internal(item->id);
}

int show(struct item *item);
int show(struct item *item)
{
	return item->count + (int)item->extra + second(item);
}
