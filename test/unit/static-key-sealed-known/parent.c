// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* as the linker script of the kernel has it */
asm(".section .data..ro_after_init, \"aw\"\n"
    ".globl __start_ro_after_init\n__start_ro_after_init:\n"
    ".globl fast\n.type fast, @object\n.size fast, 16\nfast:\n.zero 16\n"
    ".globl __end_ro_after_init\n__end_ro_after_init:\n"
    ".text");

/* of kernel/jump_label.c */
void jump_label_init_ro(void);
void jump_label_init_ro(void)
{
}
