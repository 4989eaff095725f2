// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* What objtool leaves: the kernel overwrites the mark. */
asm(".pushsection .ibt_endbr_seal,\"a\"\n\t.long work - .\n.popsection");

void work(int value);
void work(int value)
{
	internal(value);
}
