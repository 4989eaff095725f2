// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern int far_limit;
int far_limit __initdata = 7;

int far_setup(int value);
noinline int __init far_setup(int value)
{
	return internal(value) + far_limit;
}
