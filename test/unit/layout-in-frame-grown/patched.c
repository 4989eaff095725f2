// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct pair {
	int low;
	int high;
	int more;
};

int split(int *value);
int split(int *value)
{
	struct pair pair;

	pair.low = internal(*value);
	pair.high = internal(pair.low);
	pair.more = internal(pair.high);
	pair.high += pair.more;
	return internal(pair.low ^ pair.high);
}
