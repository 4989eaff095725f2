// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int known(int value);

int show(int value);
int show(int value)
{
	return known(value) + 1;
}
