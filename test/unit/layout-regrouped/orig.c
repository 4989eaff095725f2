// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct state {
	int first;
	int second;
	union {
		int a;
		u32 b;
	};
};

int show(struct state *state);
int show(struct state *state)
{
	return state->first + state->a;
}
