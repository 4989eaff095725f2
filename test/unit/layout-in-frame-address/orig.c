// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void fill(void *data, unsigned long size);

extern char kept[16];

struct pair {
	int low;
	int high;
};

int split(int value);
int split(int value)
{
	struct pair pair;

	pair.low = internal(value);
	pair.high = internal(pair.low);
	fill(&((struct pair *)kept)->high, sizeof(int));
	return internal(pair.low ^ pair.high);
}
