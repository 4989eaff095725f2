// SPDX-License-Identifier: GPL-2.0-only
asm(".pushsection .BTF_ids,\"a\"\n.zero 16\n.popsection");
