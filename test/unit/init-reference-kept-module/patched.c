// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int far_setup(int value);
extern int far_limit;
extern int running;

int __ref show(int value);
int __ref show(int value)
{
	if (running)
		return internal(value) + 3;
	if (unlikely(value))
		return far_setup(value);
	return far_limit;
}
