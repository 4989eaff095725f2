// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int hook(void)
{
	return internal(7);
}

static int (*const entry)(void) __attribute__((used, section("runtime_hooks"))) = hook;

int f(int v);
int f(int v)
{
	return internal(v) + 1;
}
