// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int a, int b, int c, int d, int e, int f, int g);
int show(int a, int b, int c, int d, int e, int f, int g)
{
	return internal(a + b + c + d + e + f + g);
}
