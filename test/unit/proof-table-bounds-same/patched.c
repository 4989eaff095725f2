// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

extern struct static_key key;

int show(int value);
int show(int value)
{
	if (static_branch(&key))
		value = internal(value);
	return value + 2;
}
