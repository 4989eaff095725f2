// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	return value + 2;
}

static int __init setup(void)
{
	return internal(1);
}
/* device_initcall() with CONFIG_HAVE_ARCH_PREL32_RELOCATIONS, include/linux/init.h, 6.1 */
static int (*const __used call)(void) = setup;
asm(".pushsection .initcall6.init,\"a\"\n__initcall_setup6:\n\t.long setup - .\n.popsection");
