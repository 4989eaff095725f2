// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct ops {
	int (*call)(int value);
};

void hand_over(const struct ops *ops);

static int first(int value)
{
	return value + 1;
}

static int second(int value)
{
	return value + 2;
}

static const struct ops all[2] = { { first }, { second } };
static const struct ops ops[2] = { { second }, { second } };

void show(void);
void show(void)
{
	hand_over(all);
	hand_over(ops);
}
