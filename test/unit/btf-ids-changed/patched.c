// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* BTF_SET8_START(), BTF_ID_FLAGS() of linux/btf_ids.h, Linux 6.1: counter and line in the name */
#define SET(name)                                     \
	asm(".pushsection .BTF_ids,\"a\"\n"           \
	    ".local " #name "\n" #name ":\n.zero 8\n" \
	    ".popsection")
#define ID(kind, name, number, flags)                                                   \
	asm(".pushsection .BTF_ids,\"a\"\n"                                             \
	    ".local __BTF_ID__" #kind "__" #name "__" #number "\n"                      \
	    ".type __BTF_ID__" #kind "__" #name "__" #number ", STT_OBJECT\n"           \
	    ".size __BTF_ID__" #kind "__" #name "__" #number ", 4\n"                    \
	    "__BTF_ID__" #kind "__" #name "__" #number ":\n.zero 4\n.long " #flags "\n" \
	    ".popsection")

SET(first_set);
ID(func, answer, 711, 5);
ID(func, other, 723, 5);
SET(second_set);
ID(func, call, 735, 7);
ID(struct, task_struct, 747, 0);

int f(int x);
int f(int x)
{
	return internal(x) + 2;
}
