// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	if (value) {
		static int count;

		return count += 3;
	} else {
		static int count;

		return count -= 5;
	}
}
