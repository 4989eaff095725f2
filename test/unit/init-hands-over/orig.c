// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void give(int (*call)(int value));

static int show(int value)
{
	return internal(value) + 1;
}

int __init setup(void);
int __init setup(void)
{
	give(show);
	return 0;
}
