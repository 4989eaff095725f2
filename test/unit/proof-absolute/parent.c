// SPDX-License-Identifier: GPL-2.0-only
asm(".globl limit\nlimit = 6");
