// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	asm volatile("661:\tnop; nop; nop\n662:\n"
		     ".pushsection .altinstructions,\"a\"\n"
		     "\t.long 661b - .\n\t.long 663f - .\n\t.word 200\n"
		     "\t.byte 662b - 661b\n\t.byte 664f - 663f\n\t.byte 1\n.popsection\n"
		     ".pushsection .altinstr_replacement,\"ax\"\n663:\t.byte 0x31, 0xc0\n664:\n"
		     ".popsection");
	return value + 2;
}
