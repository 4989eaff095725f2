// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	return internal(value) + 1;
}

int many(int a, int b, int c, int d, int e, int f, int g);
int many(int a, int b, int c, int d, int e, int f, int g)
{
	return internal(a + b + c + d + e + f + g);
}

int called(int value);
int called(int value)
{
	return internal(value) + 2;
}
