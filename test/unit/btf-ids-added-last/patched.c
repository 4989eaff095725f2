// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* BTF_ID_LIST(), BTF_ID_FLAGS() of linux/btf_ids.h, Linux 6.1 */
#define SECTION(text) asm(".pushsection .BTF_ids,\"a\"\n" text "\n.popsection")
#define LIST(name)    SECTION(".local " #name "\n" #name ":")
#define NUMBERED(symbol, word)                                                      \
	SECTION(".local " #symbol "\n.type " #symbol ", STT_OBJECT\n.size " #symbol \
		", 4\n" #symbol ":\n.zero 4\n" word)
#define ID(kind, name, number) NUMBERED(__BTF_ID__##kind##__##name##__##number, "")
#define ID_FLAGS(kind, name, number, flags) \
	NUMBERED(__BTF_ID__##kind##__##name##__##number, ".long " #flags)

extern u32 own_ids[];

LIST(ids);
ID(struct, sock, 711);
LIST(own_ids);
ID(struct, sock, 712);

int f(int x);
int f(int x)
{
	return internal(x + own_ids[0]) + 1;
}
