// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct pair {
	int low;
	int high;
	int more;
};

int sum(void *data, int nr);
int sum(void *data, int nr)
{
	int i, sum = 0;

	for (i = 0; i < nr; i++) {
		struct pair pair = ((struct pair *)data)[i];

		sum += internal(pair.low ^ pair.high);
	}
	return sum;
}
