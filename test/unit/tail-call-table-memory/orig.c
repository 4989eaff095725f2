// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value, int which);
int show(int value, int which)
{
	return internal(value) + which;
}
