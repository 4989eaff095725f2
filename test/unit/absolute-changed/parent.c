// SPDX-License-Identifier: GPL-2.0-only
asm(".globl limit\n.set limit, 1\n");
