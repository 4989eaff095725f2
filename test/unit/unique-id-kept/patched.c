// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int state __asm__("__UNIQUE_ID_state_13") __used;
int show(int value);
int show(int value)
{
	return (state += value) + 2;
}
