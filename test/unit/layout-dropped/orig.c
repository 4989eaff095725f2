// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	u64 start;
	u64 size;
	void *parent;
};

int show(void *data);
int show(void *data)
{
	struct item *item = data;

	return (int)(item->start + item->size);
}
