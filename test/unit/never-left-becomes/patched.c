// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int reaper(void *unused);
int reaper(void *unused)
{
	int x = 0;

	for (;;)
		x = internal(x + 1);
	return 0;
}
