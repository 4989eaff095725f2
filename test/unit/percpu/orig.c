// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define PERCPU static __attribute__((__section__(".data..percpu")))
PERCPU int count = 1;

int show(int value);
int show(int value)
{
	count += value;
	return value;
}
