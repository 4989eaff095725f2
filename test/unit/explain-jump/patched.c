// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	if (value) {
		internal(1);
		internal(2);
		internal(77);
	}
	return 3;
}
