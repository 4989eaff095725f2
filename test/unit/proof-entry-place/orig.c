// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

int show(int value);
int show(int value)
{
	if (value > 70000)
		BUG_ENTRY(1);
	return value + 1;
}
