// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

# 1 "part.h" 1
int first(int value);
enum state { STATE_IDLE, STATE_BUSY };
static inline int second(int value)
{
	return internal(value) + 1;
}
# 10 "case.c" 2

int show(int *state);
int show(int *state)
{
	if (*state == STATE_BUSY)
		return internal(1);
	return second(*state);
}
