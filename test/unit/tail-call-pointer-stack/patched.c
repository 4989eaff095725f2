// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int first(int a, int b, int c, int d, int e, int f, int g)
{
	return internal(a * 5 + b + c + d + e + f + g);
}

static noinline int second(int a, int b, int c, int d, int e, int f, int g)
{
	return internal(a * 7 + b + c + d + e + f + g);
}

int show(int a, int b, int c, int d, int e, int f, int g);
int show(int a, int b, int c, int d, int e, int f, int g)
{
	int (*function)(int, int, int, int, int, int, int) = a & 1 ? first : second;

	return function(b, a, c, d, e, f, g);
}
