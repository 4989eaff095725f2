// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	u64 start;
	u64 size;
	void *parent;
};

struct span {
	int first;
	int last;
};

int length(struct span *span);
int length(struct span *span)
{
	return internal(span->last - span->first);
}

int show(void *data);
int show(void *data)
{
	struct item *item = data;

	return (int)(item->start + item->size);
}
