// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int helper(int a, int b, int c, int d, int e, int f, int g);
int noinline helper(int a, int b, int c, int d, int e, int f, int g)
{
	return internal(a * 3 + b + c + d + e + f + g) + 1;
}

int small(int a);
int noinline small(int a)
{
	return internal(a) + 3;
}

int show(int a, int b, int c, int d, int e, int f, int g);
int show(int a, int b, int c, int d, int e, int f, int g)
{
	return helper(b, a, c, d, e, f, g);
}

int few(int a);
int few(int a)
{
	return small(a);
}
