// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	struct {
		struct {
			int id, count;
		} first, second;
	} here, there;
};

int show(struct item *item);
int show(struct item *item)
{
	return item->there.second.count ? 1 : 0;
}
