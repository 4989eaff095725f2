// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern void *keep;
void *keep;

int show(int value);
int show(int value)
{
	return internal(value) + 1;
}
