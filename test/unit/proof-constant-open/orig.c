// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifndef CALL
#define CALL twice
#endif

asm(".pushsection .init.data,\"aw\"\n.Lnameless:\n.long 5\n.popsection");
extern int nameless[] asm(".Lnameless");

struct ops {
	const int *where;
	int (*call)(int value);
};

static noinline __used int twice(int value)
{
	return internal(value) * 2;
}

static noinline __used int thrice(int value)
{
	return internal(value) * 3;
}

extern const struct ops ops;
const struct ops ops = { nameless, CALL };

const struct ops *find(int value);
const struct ops *find(int value)
{
	return value ? &ops : NULL;
}

int show(int value);
int show(int value)
{
	return internal(value) + 1;
}
