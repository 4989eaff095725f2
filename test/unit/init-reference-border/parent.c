// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* the borders that the linker script of the kernel has */
asm(".section .init.text, \"ax\"\n.globl _sinittext\n_sinittext:\n.text");
asm(".section .init.data, \"aw\"\n.globl __setup_start\n__setup_start:\n.text");

extern int far_limit;
int far_limit __initdata = 7;

int far_setup(int value);
noinline int __init far_setup(int value)
{
	return internal(value) + far_limit;
}
