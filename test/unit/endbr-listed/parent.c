// SPDX-License-Identifier: GPL-2.0-only
/* What objtool leaves: the kernel overwrites the mark. */
asm(".pushsection .ibt_endbr_seal,\"a\"\n\t.long start - .\n\t.long work - .\n.popsection");
