// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

typedef struct {
	u64 first;
	void *up;
	u64 length;
} entry_t;

int show(void *data);
int show(void *data)
{
	entry_t *item = data;

	return (int)(item->first + item->length);
}
