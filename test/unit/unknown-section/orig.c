// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	asm volatile("1:\n.pushsection .discard.something\n\t.quad 1b\n.popsection");
	return value + 1;
}
