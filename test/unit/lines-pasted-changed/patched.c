// SPDX-License-Identifier: GPL-2.0-only
/* A line more. */
/* And one. */
#include "kernel.h"

static int state5;

int show(int value);
int show(int value)
{
	state5 += value;
	return internal(state5);
}
