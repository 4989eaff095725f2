// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	int id;
	int count;
};

int show(struct item *item);
int show(struct item *item)
{
	return item->count;
}
