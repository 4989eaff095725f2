// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int __attribute__((__section__(".init.data"))) limit = 2;

int __init setup(void);
int __init setup(void)
{
	return internal(limit++);
}
