// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

typedef unsigned int number;

struct item {
	number id;
	const char *name;
	const struct item *next;
	volatile unsigned long flags;
};

int show(struct item *item);
int show(struct item *item)
{
	return (int)item->id + (item->next ? item->name[0] : 0) + (int)item->flags + 1;
}

/* the typedef is in both objects */
number count(void);
number count(void)
{
	return 1;
}
