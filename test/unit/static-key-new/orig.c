// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

int show(int value);
int show(int value)
{
	return value + 1;
}
