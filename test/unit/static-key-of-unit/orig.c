// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

static struct static_key fast;

int show(int value);
int show(int value)
{
	if (static_branch(&fast))
		return 0;
	return value + 1;
}
