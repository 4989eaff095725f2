// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int setup(void);
int setup(void)
{
	return internal(2);
}
asm(".pushsection .con_initcall.init,\"a\"\n\t.long setup - .\n.popsection");
