// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int other_show(int value);

int show(int value);
int show(int value)
{
	return other_show(value);
}
