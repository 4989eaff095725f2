// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define WORD ".long internal, 0"
#else
#define WORD ".quad internal"
#endif
asm(".pushsection .rodata.table,\"a\"\n\t.type table, @object\n\t.size table, 8\n"
    "table:\t" WORD "\n.popsection");
extern const long table[1];

long show(long value);
long show(long value)
{
	return *(volatile const long *)table + value + 2;
}
