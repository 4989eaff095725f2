// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

enum state { STATE_IDLE, STATE_BUSY = 2, STATE_OLD = 4, STATE_MAX };

int show(int *state);
int show(int *state)
{
	if (*state == STATE_BUSY)
		return internal(1);
	return *state;
}
