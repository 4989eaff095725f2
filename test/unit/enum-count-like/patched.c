// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

enum state { STATE_IDLE, STATE_BUSY, STATE_GONE, STATE_RESIZE };

int show(int *state);
int show(int *state)
{
	if (*state == STATE_RESIZE)
		return internal(1);
	*state = STATE_BUSY;
	return 0;
}
