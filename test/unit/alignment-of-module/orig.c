// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int x);
int show(int x)
{
	return x + 1;
}
