// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	return value + 1;
}

/* An entry of a table that the kernel walks, without a symbol. */
asm(".pushsection walked_table, \"a\"\n"
    ".quad show\n"
    ".popsection");
