// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int __attribute__((__weak__)) show(int value);
int show(int value)
{
	return value + 1;
}
