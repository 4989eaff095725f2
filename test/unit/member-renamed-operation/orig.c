// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct ops {
	int (*open)(int value);
	int (*close)(int value);
};

int show(const struct ops *ops);
int show(const struct ops *ops)
{
	return ops->open(1) + 1;
}
