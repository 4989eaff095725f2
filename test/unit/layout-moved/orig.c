// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct state {
	int first;
	int second;
	unsigned int low : 3;
	unsigned int high : 3;
};

int show(struct state *state);
int show(struct state *state)
{
	return state->first + state->high;
}
