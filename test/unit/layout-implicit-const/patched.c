// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct first {
	int a;
	int b;
};

struct second {
	int added;
	int a;
	int b;
};

struct third {
	int a;
	int b;
};

noinline int sum(struct first *first, struct second *second, struct third *third)
{
	return first->a + second->b + third->b;
}
