// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void fill(void *data, unsigned long size);

struct pair {
	int low;
	int middle;
	int high;
};

int split(int value);
int split(int value)
{
	struct pair pair = { .low = value };

	fill(&pair, sizeof(pair));
	pair.high += pair.middle;
	return internal(pair.low ^ pair.high);
}
