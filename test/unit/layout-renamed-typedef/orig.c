// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

typedef struct {
	u64 start;
	u64 size;
	void *parent;
} item_t;

int show(void *data);
int show(void *data)
{
	item_t *item = data;

	return (int)(item->start + item->size);
}
