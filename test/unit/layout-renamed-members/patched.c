// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct entry {
	u64 first;
	void *up;
	u64 length;
};

int show(void *data);
int show(void *data)
{
	struct entry *item = data;

	return (int)(item->first + item->length);
}
