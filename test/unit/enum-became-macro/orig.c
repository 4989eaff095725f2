// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

enum { SHOULD_PARK = 2 };

int show(unsigned long *flags);
int show(unsigned long *flags)
{
	return *flags & 1UL << SHOULD_PARK ? internal(1) : 0;
}
