// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int far_setup(int value);
noinline int __init far_setup(int value)
{
	return internal(value) + 2;
}
