// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	int id;
	int count;
};

#define USER(name, number)                \
	int name(struct item *);          \
	int name(struct item *item)       \
	{                                 \
		return item->id + number; \
	}

USER(first, 1)
USER(second, 2)
USER(third, 3)
USER(fourth, 4)
USER(fifth, 5)

int show(struct item *item);
int show(struct item *item)
{
	return item->count;
}
