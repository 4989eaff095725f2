// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int before(int value);
int before(int value)
{
	return value;
}

# 1 "part.h" 1
struct state {
	int count;
	int added;
	int last;
};

int show(struct state *state);
int show(struct state *state)
{
	return state->last;
}
