// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int far_end(int value);
int show(int value);
int show(int value)
{
	return far_end(value) + 1;
}
