// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int __SCT__choose(int value);

int show(int value);
int show(int value)
{
	return __SCT__choose(value + 2) + 3;
}
