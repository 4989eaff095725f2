// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int maybe(int value) __attribute__((__weak__));

int show(int value);
int show(int value)
{
	return maybe ? maybe(value) : 1;
}
