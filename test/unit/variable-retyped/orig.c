// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	int id;
	int count;
};

struct entry {
	int count;
	int id;
};

static struct item *list;

int add(struct item *item, struct entry *entry);
int add(struct item *item, struct entry *entry)
{
	internal(entry->count);
	list = item;
	return item->id;
}

int show(void);
int show(void)
{
	return list->count;
}
