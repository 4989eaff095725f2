// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

enum state { STATE_IDLE = 1, STATE_BUSY = 4 };

int show(enum state *state);
int show(enum state *state)
{
	if (*state == STATE_BUSY)
		return internal(1);
	*state = STATE_BUSY;
	return 0;
}
