// SPDX-License-Identifier: GPL-2.0-only
asm(".pushsection .init.rodata, \"a\"\nshown:\t.asciz \"other\"\n.popsection");
