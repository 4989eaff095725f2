// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int next(void);
int next(void)
{
	static int count;

	return ++count;
}

int other(void);
int other(void)
{
	static int count = 7;

	return ++count;
}
