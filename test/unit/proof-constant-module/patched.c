// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifndef CALL
#define CALL twice
#endif

struct ops {
	int (*call)(int value);
	int limit;
};

static noinline __used int twice(int value)
{
	return internal(value) * 2;
}

extern const struct ops ops;
const struct ops ops = { CALL, 30 };

const struct ops *find(int value);
const struct ops *find(int value)
{
	return value ? &ops : NULL;
}

int show(int value);
int show(int value)
{
	const struct ops *volatile where = &ops;

	return internal(value) + (where ? ops.call(value) : 0);
}
