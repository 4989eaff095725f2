// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct pair {
	int x, y;
};

static noinline int middle(struct pair *pair, int a, int b, int c, int d, int e)
{
	return internal(pair->x + pair->y + a + b + c + d + e) + 1;
}

int show(struct pair *pair, int value);
int show(struct pair *pair, int value)
{
	return middle(pair, value, value * 2, value * 3, value * 4, value * 5) + 1;
}
