// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
int far_setup(int value);
int show(int value);
int show(int value)
{
	return far_setup(value) + 1;
}
