// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct conn {
	const unsigned char *state;
};

static const unsigned char next_state[4] = { 1, 2, 3, 9 };

int begin(struct conn *conn, int value);
int begin(struct conn *conn, int value)
{
	return next_state[value & 3] + internal(value);
}
