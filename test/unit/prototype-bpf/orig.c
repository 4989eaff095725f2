// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* BTF_ID() of linux/btf_ids.h, Linux 6.1 */
#define SECTION(text) asm(".pushsection .BTF_ids,\"a\"\n" text "\n.popsection")
#define NUMBERED(symbol)                                                            \
	SECTION(".local " #symbol "\n.type " #symbol ", STT_OBJECT\n.size " #symbol \
		", 4\n" #symbol ":\n.zero 4")
#define ID(kind, name, number) NUMBERED(__BTF_ID__##kind##__##name##__##number)

ID(func, first_bit, 711);
ID(func, other__safe, 712);

int first_bit(int value);
int first_bit(int value)
{
	return internal(value) + 1;
}

int other(int value);
int other(int value)
{
	return internal(value) - 1;
}
