// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
int noinline moved(int x)
{
	return x;
}
int user(int x)
{
	return moved(x) + 1;
}
