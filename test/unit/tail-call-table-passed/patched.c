// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct ops {
	int (*open)(int);
};
int apply(const struct ops *ops, int value);

static noinline int first(int value)
{
	return internal(value) * 5;
}

static noinline int second(int value)
{
	return internal(value) * 7;
}
static const struct ops constant = { first };
static struct ops variable = { second };

int show(int value);
int show(int value)
{
	return apply(&constant, value);
}

int tell(int value);
int tell(int value)
{
	return apply(&variable, value);
}
