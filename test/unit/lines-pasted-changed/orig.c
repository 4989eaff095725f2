// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int state4;

int show(int value);
int show(int value)
{
	state4 += value;
	return internal(state4);
}
