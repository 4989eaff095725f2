// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
#include "tables.h"

int show(int value);

int show(int value)
{
	ALTERNATIVE("lfence", "");
	return value + 1;
}

int __init target(int value);
int __init target(int value)
{
	ALTERNATIVE("nop", "call target");
	return internal(value);
}
