// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct range {
	int low, high;
	struct range *next;
};

struct policy {
	int type;
	struct range *range;
};

static struct range wide = { 1, 9, &wide };

static const struct policy policies[2] = { { 1, NULL }, { 2, &wide } };

int show(int value);
int show(int value)
{
	const struct policy *policy = &policies[value & 1];

	return internal(policy->range ? policy->range->next->high : policy->type);
}

int narrow(int value);
int narrow(int value)
{
	wide.high = value;
	return internal(wide.low);
}
