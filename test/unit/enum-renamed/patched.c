// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

enum state { STATE_IDLE, STATE_WORKS };
/* of what it is about */
enum sort { SORT_ONE = 1, SORT_TWO };

int show(int *state);
int show(int *state)
{
	if (*state == STATE_WORKS || *state == SORT_TWO)
		return internal(2);
	return *state;
}
