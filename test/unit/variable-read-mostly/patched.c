// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int limit __attribute__((__section__(".data..read_mostly")));
static int count __attribute__((__section__(".data..cacheline_aligned")));

int show(int value);
int show(int value)
{
	count += value;
	return internal(limit);
}

int set(int value);
int set(int value)
{
	limit = value;
	return internal(count + 1);
}
