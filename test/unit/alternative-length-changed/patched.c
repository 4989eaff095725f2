// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
#include "tables.h"

int show(int value);

int show(int value)
{
	ALTERNATIVE("lfence", "mfence; nop");
	return value + 1;
}

int other(int value);
int other(int value)
{
	ALTERNATIVE("lfence", "sfence");
	return value + 3;
}
