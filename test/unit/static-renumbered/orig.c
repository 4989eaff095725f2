// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int first(void);
int first(void)
{
	return internal(1);
}

int second(void);
int second(void)
{
	static int count;

	return ++count;
}

int third(void);
int third(void)
{
	static int count;

	return ++count + 1;
}
