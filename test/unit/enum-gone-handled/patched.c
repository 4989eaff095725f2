// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#include "handled.h"
enum state { STATE_IDLE, STATE_BUSY = 2 };
KPATCH_TYPE_HANDLED("enum state", "nothing stores STATE_OLD");

int show(int *state);
int show(int *state)
{
	if (*state == STATE_BUSY)
		return internal(2);
	return *state;
}
