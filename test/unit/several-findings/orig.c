// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int limit = 1;
extern const int most;
const int most = 5;

int __init setup(void);
int __init setup(void)
{
	return internal(1);
}

int notrace show(int value);
int notrace show(int value)
{
	return value + limit++;
}
