// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* Linux 6.1 does not keep the tracer away from init code. */
#define TRACED_INIT __attribute__((__section__(".init.text"), __cold__))

int setup(int value);
noinline TRACED_INIT int setup(int value)
{
	return internal(value) + 1;
}

int show(int value);
int show(int value)
{
	return setup(value) + 1;
}
