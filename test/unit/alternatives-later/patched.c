// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define ALTERNATIVE(old, new)                                                           \
	asm volatile("661:\t" old "\n662:\n"                                            \
		     ".pushsection .altinstructions,\"a\"\n"                            \
		     "\t.long 661b - ., 663f - ., 200\n"                                \
		     "\t.byte 662b - 661b, 664f - 663f\n.popsection\n"                  \
		     ".pushsection .altinstr_replacement,\"ax\"\n663:\t" new "\n664:\n" \
									     ".popsection")
int show(int value);
int show(int value)
{
	ALTERNATIVE("lfence", "");
	ALTERNATIVE("lfence", "mfence");
	return value + 2;
}

int other(int value);
int other(int value)
{
	ALTERNATIVE("lfence", "");
	ALTERNATIVE("lfence", "sfence");
	return value + 3;
}
