// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct pair {
	int high;
	int low;
};

int split(void *data);
int split(void *data)
{
	struct pair pair = *(struct pair *)data;

	return internal(pair.low * 3 - pair.high);
}
