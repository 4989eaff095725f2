// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(void);
int show(void)
{
	static int count = 3;

	static int calls = 5;

	return internal(++count) + ++calls;
}
