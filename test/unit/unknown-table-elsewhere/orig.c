// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define SITE                                                                                \
	asm volatile("1:\n"                                                                 \
		     ".pushsection .kcfi_traps,\"a\"\n\t.long 1b - .\n.popsection\n"        \
		     ".pushsection .cfi_sites,\"a\"\n\t.long 1b - .\n.popsection\n"         \
		     ".pushsection runtime_shift_hash,\"a\"\n\t.long 1b - .\n.popsection\n" \
		     ".pushsection runtime_ptr_hash,\"a\"\n\t.long 1b - .\n.popsection\n"   \
		     ".pushsection __table_of_tomorrow,\"a\"\n\t.long 1b - .\n.popsection\n")

int show(int value);
int show(int value)
{
	return value + 1;
}

int other(int value);
int other(int value)
{
	SITE;
	return value + 3;
}
