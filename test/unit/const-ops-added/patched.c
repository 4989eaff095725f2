// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct ops {
	int (*call)(int value);
	u64 flags;
};

void hand_over(const struct ops *ops);

int first(int value);
int first(int value)
{
	return value + 1;
}

static const struct ops ops[2] = { { first, 3 }, { NULL, 4 } };

void show(void);
void show(void)
{
	hand_over(ops);
}
