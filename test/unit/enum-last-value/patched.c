// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

enum bits { IS_PER_CPU, SHOULD_STOP, NEW_BIT, SHOULD_PARK };

int show(unsigned long *flags);
int show(unsigned long *flags)
{
	if (*flags & 1UL << SHOULD_PARK)
		return internal(SHOULD_PARK);
	*flags |= 1UL << SHOULD_STOP;
	return 0;
}
