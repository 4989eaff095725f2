// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

asm(".pushsection .note.unit,\"a\",@progbits\n\t.quad show, 2\n.popsection\n"
    ".pushsection .vendor,\"a\",@note\n\t.quad show, 2\n.popsection\n"
    ".pushsection .printk_index,\"a\"\n\t.quad show, 2\n.popsection\n"
    ".pushsection .discard.addressable,\"a\"\n\t.quad show, other\n.popsection\n"
    ".pushsection .comment\n\t.string \"unit 2\"\n.popsection\n");

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
