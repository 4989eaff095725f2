// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

enum state { STATE_IDLE, STATE_BUSY };
enum kind { KIND_ONE = 1, KIND_TWO };

int show(int *state);
int show(int *state)
{
	if (*state == STATE_BUSY || *state == KIND_TWO)
		return internal(1);
	return *state;
}
