// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* BTF_ID_LIST(), BTF_ID() of linux/btf_ids.h, Linux 6.1 */
#define SECTION(text) asm(".pushsection .BTF_ids,\"a\"\n" text "\n.popsection")
#define LIST(name)    SECTION(".local " #name "\n" #name ":")
#define NUMBERED(symbol)                                                            \
	SECTION(".local " #symbol "\n.type " #symbol ", STT_OBJECT\n.size " #symbol \
		", 4\n" #symbol ":\n.zero 4")
#define ID(kind, name, number) NUMBERED(__BTF_ID__##kind##__##name##__##number)

extern u32 own_ids[];

LIST(own_ids);
ID(struct, sock, 711);
ID(struct, file, 712);

int use(const u32 *ids);

int f(int x);
int f(int x)
{
	return internal(x + own_ids[0]) + 1;
}

int g(int x);
int g(int x)
{
	return use(own_ids) + internal(x) + 1;
}
