// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int limit __attribute__((__section__(".data..ro_after_init")));
static int count __attribute__((__section__(".data..ro_after_init"))) = 5;

int __init set(int value);
int __init set(int value)
{
	count += value;
	return limit = value;
}

int show(int value);
int show(int value)
{
	return internal(limit) + count;
}
