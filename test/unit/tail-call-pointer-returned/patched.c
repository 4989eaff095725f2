// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int first(int value, int which)
{
	return internal(value) * 5 + which;
}

static noinline int second(int value, int which)
{
	return internal(value) * 7 + which;
}

typedef int (*fn)(int, int);
static noinline fn choose(int which)
{
	return internal(which) ? first : second;
}

int show(int value, int which);
int show(int value, int which)
{
	return choose(which)(value, which);
}
