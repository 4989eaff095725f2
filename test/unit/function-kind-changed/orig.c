// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int thing;

int show(int value);
int show(int value)
{
	return (thing += value) + 1;
}
