// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct pair {
	int low;
	int middle;
	int high;
};

int split(int value);
int split(int value)
{
	struct pair pair;

	pair.low = internal(value);
	pair.high = internal(pair.low);
	pair.middle = internal(pair.high);
	pair.high += pair.middle;
	return internal(pair.low ^ pair.high);
}

int high(void *data);
int high(void *data)
{
	return internal(((struct pair *)data)->high);
}
