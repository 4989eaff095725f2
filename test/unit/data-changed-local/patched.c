// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	static int warnings = 7;

	if (warnings > 0)
		warnings--;
	return value + warnings;
}
