// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define SITE                                                                                   \
	asm volatile("1:\n"                                                                    \
		     ".pushsection .orc_unwind_ip,\"a\"\n\t.long 1b - .\n.popsection\n"        \
		     ".pushsection .orc_unwind,\"a\"\n\t.long 0, 0\n.popsection\n"             \
		     ".pushsection .orc_header,\"a\"\n\t.long 1b - .\n.popsection\n"           \
		     ".pushsection .return_sites,\"a\"\n\t.long 1b - .\n.popsection\n"         \
		     ".pushsection .retpoline_sites,\"a\"\n\t.long 1b - .\n.popsection\n"      \
		     ".pushsection .call_sites,\"a\"\n\t.long 1b - .\n.popsection\n"           \
		     ".pushsection .static_call_sites,\"a\"\n\t.long 1b - ., 0\n.popsection\n" \
		     ".pushsection .ibt_endbr_seal,\"a\"\n\t.long 1b - .\n.popsection\n")

int show(int value);
int show(int value)
{
	SITE;
	return value + 2;
}

int other(int value);
int other(int value)
{
	SITE;
	return value + 3;
}
