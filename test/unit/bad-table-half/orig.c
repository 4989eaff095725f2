// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);

int show(int value)
{
	WARN_ON(value);
	WARN_ON(value == 7);
	return value + 1;
}
