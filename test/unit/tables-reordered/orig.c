// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

asm(".pushsection .smp_locks,\"a\"\n.popsection\n"
    ".pushsection .discard.reachable\n.popsection");
int show(int value);
int show(int value)
{
	asm volatile("1:\n.pushsection .smp_locks,\"a\"\n\t.long 1b - .\n.popsection\n"
		     ".pushsection .discard.reachable\n\t.long 1b - .\n.popsection");
	return value + 1;
}
