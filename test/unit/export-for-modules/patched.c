// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
int limited(int);
int f(int x)
{
	return limited(x) + 2;
}
