// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	u64 second;
	u64 third;
};

int show(struct item *item);
int show(struct item *item)
{
	return internal(item->second) + item->third + 1;
}
