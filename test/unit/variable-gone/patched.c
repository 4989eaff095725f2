// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct list {
	struct list *next, *prev;
};

static const int bright[3] = { 1, 2, 4 };
static struct list created = { &created, &created };

int add(struct list *entry);
int add(struct list *entry)
{
	static int limit;

	entry->next = &created;
	created.prev = entry;
	return internal(bright[(long)entry & 1] + limit++);
}
