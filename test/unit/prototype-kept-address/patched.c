// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int work(long value)
{
	return internal(value + 2);
}

struct ops {
	int (*work)(int value);
};

const struct ops ops;
const struct ops ops = { (int (*)(int))work };

int show(int value);
int show(int value)
{
	return work(value) + 1;
}
