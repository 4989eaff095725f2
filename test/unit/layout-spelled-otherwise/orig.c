// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

typedef unsigned int number;

struct item {
	unsigned int id;
	char *name;
	struct item *next;
	unsigned long flags;
};

int show(struct item *item);
int show(struct item *item)
{
	return (int)item->id + (item->next ? item->name[0] : 0) + (int)item->flags;
}

/* the typedef is in both objects */
number count(void);
number count(void)
{
	return 1;
}
