// SPDX-License-Identifier: GPL-2.0-only
asm(".globl narrow\n.set narrow, 1\n");
