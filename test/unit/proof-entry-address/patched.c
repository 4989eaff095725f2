// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

#line 9 "case.c"
int warn(void *entry, int value);

int show(int value);
int show(int value)
{
	return warn(BUG_ENTRY_FORMAT("%d"), value) + value + 2;
}

int other(int value);
int other(int value)
{
	return warn(BUG_ENTRY_FORMAT("%d"), value) + value + 3;
}
