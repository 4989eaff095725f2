// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int limit = 20;

int allowed(int value);
int allowed(int value)
{
	return value < limit;
}
