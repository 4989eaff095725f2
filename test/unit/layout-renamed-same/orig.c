// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	int id;
	int count;
};

int show(void *data);
int show(void *data)
{
	struct item *item = data;

	return item->count;
}
