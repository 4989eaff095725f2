// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void give(int (*call)(int value));

static int show_all(int value)
{
	return internal(value) + 2;
}

int __init setup(void);
int __init setup(void)
{
	give(show_all);
	return 0;
}
