// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

asm(".pushsection walked_table,\"a\"\n\t.quad other\n.popsection");

int show(int value);
int show(int value)
{
	return value + 2;
}

int other(int value);
int other(int value)
{
	return value + 3;
}
