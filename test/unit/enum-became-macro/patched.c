// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define SHOULD_PARK 3

int show(unsigned long *flags);
int show(unsigned long *flags)
{
	return *flags & 1UL << SHOULD_PARK ? internal(1) : 0;
}
