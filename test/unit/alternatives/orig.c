// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* ALTERNATIVE() of arch/x86/include/asm/alternative.h, with its padding left out */
#define ALTERNATIVE(old, new)                                                                \
	asm volatile("661:\t" old "\n662:\n"                                                 \
		     ".pushsection .altinstructions,\"a\"\n"                                 \
		     "\t.long 661b - .\n\t.long 663f - .\n\t.word 200\n"                     \
		     "\t.byte 662b - 661b\n\t.byte 664f - 663f\n.popsection\n"               \
		     ".pushsection .altinstr_replacement,\"ax\"\n663:\t" new "\n664:\n."     \
									     "popsection" :: \
										     : "memory")

int show(int value);
int show(int value)
{
	ALTERNATIVE("lfence", "mfence");
	return value + 1;
}

int other(int value);
int other(int value)
{
	ALTERNATIVE("lfence", "sfence");
	return value + 3;
}
