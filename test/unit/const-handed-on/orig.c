// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct policy {
	int type, length;
};

static const struct policy policies[2] = { { 1, 4 }, { 2, 8 } };

int parse(const struct policy *policies, int nr);

int show(int value);
int show(int value)
{
	const struct policy local[1] = { { value, 1 } };

	return parse(policies, 2) + parse(local, 1);
}
