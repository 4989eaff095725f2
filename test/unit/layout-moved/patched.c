// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct state {
	int second;
	int first;
	unsigned int high : 3;
	unsigned int low : 3;
};

int show(struct state *state);
int show(struct state *state)
{
	return state->first + state->high;
}
