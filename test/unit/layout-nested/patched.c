// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct item {
	struct {
		struct {
			int count, id;
		} first, second;
	} here, there;
};

int show(struct item *item);
int show(struct item *item)
{
	return item->there.second.count ? 2 : 0;
}
