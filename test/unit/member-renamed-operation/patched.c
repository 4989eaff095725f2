// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct ops {
	int (*check)(int value);
	int (*close)(int value);
};

int show(const struct ops *ops);
int show(const struct ops *ops)
{
	return ops->check(4) + 3;
}
