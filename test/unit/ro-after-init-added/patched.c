// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int seen;
static int limit __attribute__((__section__(".data..ro_after_init"))) = 5;

int show(int value);
int show(int value)
{
	if (!seen++)
		limit = value;
	return internal(limit);
}
