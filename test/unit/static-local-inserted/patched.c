// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	if (value > 7) {
		static int count;

		internal(++count);
	}
	{
		static int count;

		return internal(count += value);
	}
}
