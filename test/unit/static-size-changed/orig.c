// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

long show(int value);
long show(int value)
{
	static int count;

	count += internal(value);
	return count * 2;
}
