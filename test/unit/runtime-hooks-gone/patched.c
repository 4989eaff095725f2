// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int f(int v);
int f(int v)
{
	return internal(v) + 2;
}
