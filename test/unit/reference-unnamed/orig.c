// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

asm(".pushsection .data,\"aw\"\n1000:\t.quad 1\n.popsection");

int show(int value);
int show(int value)
{
	asm volatile("incq 1000b");
	return value + 1;
}
