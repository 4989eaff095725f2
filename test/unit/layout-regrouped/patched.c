// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct state {
	struct {
		int first;
		int second;
	};
	union {
		u32 b;
		int a;
	};
};

int show(struct state *state);
int show(struct state *state)
{
	return state->second + state->a;
}
