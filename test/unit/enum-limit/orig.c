// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

enum state { STATE_IDLE, STATE_BUSY, NR_STATES = 20 };

int show(int *state);
int show(int *state)
{
	if (*state >= NR_STATES)
		return internal(1);
	*state = STATE_BUSY;
	return 0;
}
