// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
extern struct {
	u32 cnt;
	u32 ids[];
} my_set;
asm(".pushsection .BTF_ids,\"a\"\n.local my_set\nmy_set:\n.zero 4\n.popsection\n.pushsection "
    ".BTF_ids,\"a\"\n.local __BTF_ID__func__foo__11\n.type __BTF_ID__func__foo__11, "
    "STT_OBJECT\n.size __BTF_ID__func__foo__11, 4\n__BTF_ID__func__foo__11:\n.zero 4\n.popsection");
int f(u32 x)
{
	return internal(x == my_set.cnt) + 1;
}
