// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern char _sinittext[];

int show(unsigned long value);
int show(unsigned long value)
{
	return value > 1;
}
