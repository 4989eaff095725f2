// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
static noinline int far_setup(int value)
{
	return internal(value) + 5;
}
int show(int value);
int show(int value)
{
	return far_setup(value) + 1;
}
