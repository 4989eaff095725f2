// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define LATE __attribute__((__section__(".sched.text")))

int LATE show(int value);
int LATE show(int value)
{
	return value * 3;
}

int LATE __attribute__((__aligned__(64))) other(int value);
int LATE other(int value)
{
	return value + 3;
}
