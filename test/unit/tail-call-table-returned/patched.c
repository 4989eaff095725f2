// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int first(int value, int which)
{
	return internal(value) * 5 + which;
}
struct ops {
	int (*open)(int, int);
};
static struct ops ops = { first };

static noinline struct ops *choose(int which)
{
	return internal(which) ? &ops : NULL;
}

int show(int value, int which);
int show(int value, int which)
{
	return choose(which)->open(value, which);
}
