// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

int show(int value);
int show(int value)
{
	asm volatile("661:\tnop; nop; nop\n662:\n"
		     ".pushsection .altinstructions, \"a\"\n"
		     "\t.rept 9\n"
		     "\t.long 661b - .\n\t.long 663f - .\n\t.word 200\n"
		     "\t.byte 662b - 661b\n\t.byte 664f - 663f\n"
		     "\t.endr\n.popsection\n"
		     ".pushsection .altinstr_replacement, \"ax\"\n663:\tlfence\n664:\n"
		     ".popsection");
	return value + 2;
}
