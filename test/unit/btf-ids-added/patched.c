// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* BTF_ID_LIST(), BTF_SET8_START(), BTF_ID_FLAGS() of linux/btf_ids.h, Linux 6.1 */
#define SECTION(text) asm(".pushsection .BTF_ids,\"a\"\n" text "\n.popsection")
#define LIST(name)    SECTION(".local " #name "\n" #name ":")
#define NUMBERED(symbol, word)                                                      \
	SECTION(".local " #symbol "\n.type " #symbol ", STT_OBJECT\n.size " #symbol \
		", 4\n" #symbol ":\n.zero 4\n" word)
#define ID(kind, name, number) NUMBERED(__BTF_ID__##kind##__##name##__##number, "")
#define ID_FLAGS(kind, name, number, flags) \
	NUMBERED(__BTF_ID__##kind##__##name##__##number, ".long " #flags)

extern u32 own_ids[], sock_ids[], task_ids[];

LIST(own_ids);
ID(struct, sock, 711);
LIST(sock_ids);
ID(struct, sock, 712);
ID(struct, tcp_sock, 724);
ID(struct, sock, 736);
LIST(task_ids);
ID(struct, task_struct, 748);
LIST(flagged);
ID_FLAGS(func, acquire, 760, 1);
ID_FLAGS(func, release, 761, 2);
ID_FLAGS(func, forget, 762, 2);
ID_FLAGS(func, change, 763, 4);

const u32 *const table[] = { sock_ids, task_ids };

int f(int x);
int f(int x)
{
	return internal(x + task_ids[0] + own_ids[0]) + 1;
}
int g(int x);
int g(int x)
{
	return internal(x + sock_ids[x]) + task_ids[0];
}
