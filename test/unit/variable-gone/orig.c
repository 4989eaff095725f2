// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct list {
	struct list *next, *prev;
};

static const int dull[3] = { 1, 2, 3 };
static struct list create = { &create, &create };

int add(struct list *entry);
int add(struct list *entry)
{
	entry->next = &create;
	create.prev = entry;
	return internal(dull[(long)entry & 1]);
}
