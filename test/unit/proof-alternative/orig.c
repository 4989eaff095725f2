// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

int show(int value);
int show(int value)
{
	ALTERNATIVE("nop; nop; nop", "lfence");
	return value + 1;
}
