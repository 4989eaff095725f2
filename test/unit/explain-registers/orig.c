// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int split(int value);
int split(int value)
{
	int low = internal(value), high = internal(low);

	return internal(low ^ high);
}
