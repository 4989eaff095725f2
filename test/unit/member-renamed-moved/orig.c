// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	u64 first;
	u64 second;
};

int show(struct item *item);
int show(struct item *item)
{
	return internal(item->first) + item->second;
}
