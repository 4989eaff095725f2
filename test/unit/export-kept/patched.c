// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

asm(".pushsection __ksymtab+other,\"a\"\n\t.long other - .\n.popsection\n"
    ".pushsection __ksymtab_strings,\"aMS\",@progbits,1\n\t.asciz \"other\"\n.popsection\n"
    ".pushsection ___kcrctab+other,\"a\"\n\t.long 0x12345678\n.popsection\n"
    ".pushsection .modinfo,\"a\"\n\t.asciz \"license=GPL\"\n.popsection");

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
