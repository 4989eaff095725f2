// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static const unsigned char next_state[4] = { 1, 2, 3, 8 };

int show(int value);
int show(int value)
{
	const unsigned char *volatile kept = next_state;

	return kept[internal(value) & 3] + kept[value & 3];
}
