// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define IS_PER_CPU  1
#define SHOULD_STOP 2
#define SHOULD_PARK 3

int show(unsigned long *flags);
int show(unsigned long *flags)
{
	if (*flags & 1UL << SHOULD_PARK)
		return internal(SHOULD_PARK);
	*flags |= 1UL << SHOULD_STOP;
	return 0;
}
