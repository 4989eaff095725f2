// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
int f(int x)
{
	return internal(x) + 1;
}
