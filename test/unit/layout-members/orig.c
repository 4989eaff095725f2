// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct state {
	int count;
	unsigned int flags : 4;
	unsigned int mode : 4;
	int old;
	union {
		int last;
		u64 stamp;
	};
	void (*done)(int value);
};

int show(struct state *state);
int show(struct state *state)
{
	state->done(state->count);
	return (int)state->stamp + state->mode;
}
