// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	return value + 1;
}

/* EXPORT_SYMBOL_GPL(), include/linux/export.h, 6.1 */
asm(".pushsection \"___ksymtab_gpl+show\",\"a\"\n\t.balign 4\n__ksymtab_show:\n"
    "\t.long show - .\n\t.long 0\n\t.long 0\n.popsection");
