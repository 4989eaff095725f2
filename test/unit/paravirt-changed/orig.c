// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
#include "tables.h"

int show(int value);

int show(int value)
{
	PARAVIRT("nopl 8(%%rax, %%rax)", 1);
	return value + 1;
}

int other(int value);
int other(int value)
{
	PARAVIRT("nopl 8(%%rax, %%rax)", 1);
	return value + 3;
}
