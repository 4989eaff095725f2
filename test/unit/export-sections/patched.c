// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

asm(".pushsection __ksymtab+first,\"a\"\n.Lentry0:\t.quad show\n.popsection\n"
    ".pushsection __kcrctab+second,\"a\"\n.Lentry2:\t.quad show\n.popsection\n"
    ".pushsection ___kcrctab+third,\"a\"\n.Lentry3:\t.quad show\n.popsection\n"
    ".pushsection .export_symbol,\"a\"\n.Lentry4:\t.quad show\n.popsection\n");

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
