// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int first = 1;
extern int second __attribute__((alias("first")));

int show(int value);
int show(int value)
{
	second += value;
	return first;
}
