// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	u64 start;
	u64 size;
	void *parent;
};

static noinline int sum(void *data)
{
	struct item *item = data;

	return internal((int)(item->start + item->size));
}

int show(void *data);
int show(void *data)
{
	return sum(data) + 1;
}
