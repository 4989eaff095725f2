// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int new_elsewhere(int value);
int many_elsewhere(int a, int b, int c, int d, int e, int f, int g);
int called_elsewhere(int value);

int show(int value);
int show(int value)
{
	if (value > 1)
		return internal(value);
	return new_elsewhere(value);
}

int many(int a, int b, int c, int d, int e, int f, int g);
int many(int a, int b, int c, int d, int e, int f, int g)
{
	return many_elsewhere(b, a, c, d, e, f, g);
}

int called(int value);
int called(int value)
{
	return called_elsewhere(value) + 2;
}
