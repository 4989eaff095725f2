// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	return value + 1;
}

int __init setup(void);
int __init setup(void)
{
	return internal(1);
}
