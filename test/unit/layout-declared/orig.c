// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct later;
extern struct later *pointer;

int f(int value);
int f(int value)
{
	return internal(value) + !pointer;
}
