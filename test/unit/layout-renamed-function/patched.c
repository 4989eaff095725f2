// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct entry {
	u64 first;
	void *up;
	u64 length;
};

static noinline int total(void *data)
{
	struct entry *entry = data;

	return internal((int)(entry->first + entry->length));
}

int show(void *data);
int show(void *data)
{
	return total(data) + 1;
}
