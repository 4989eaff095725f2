// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

extern struct static_key key;
void bad(int code) __attribute__((__cold__));

int show(int value);
int show(int value)
{
	if (static_branch(&key)) {
		bad(value);
		return internal(value);
	}
	return value + 1;
}
