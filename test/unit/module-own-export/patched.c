// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
int helper(int);
int f(int x)
{
	return helper(x) + 2;
}
