// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct entry {
	int id;
	int count;
	u64 extra;
};

int show(void *data);
int show(void *data)
{
	struct entry *item = data;

	return item->count + (int)item->extra;
}
