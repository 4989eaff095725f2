// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

typedef unsigned int ring_t;

struct item {
	ring_t prod;
	ring_t *cons;
};

int show(struct item *item);
int show(struct item *item)
{
	return internal(item->prod) + *item->cons;
}
