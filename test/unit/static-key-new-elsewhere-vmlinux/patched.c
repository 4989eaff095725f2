// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

extern struct static_key fresh;

int show(int value);
int show(int value)
{
	if (static_branch(&fresh))
		return 0;
	return value + 1;
}
