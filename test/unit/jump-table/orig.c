// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct static_key {
	u64 enabled;
	u64 entries;
};
extern struct static_key key;

/* arch_static_branch(), arch/x86/include/asm/jump_label.h, 6.1 */
static inline __attribute__((__always_inline__)) bool branch(struct static_key *k)
{
	asm goto("1:\t.byte 0x0f, 0x1f, 0x44, 0x00, 0x00\n"
		 ".pushsection __jump_table,\"aw\"\n\t.balign 8\n"
		 "\t.long 1b - .\n\t.long %l[yes] - .\n\t.quad %c0 - .\n.popsection\n"
		 :
		 : "i"(k)
		 :
		 : yes);
	return 0;
yes:
	return 1;
}

int show(int value);
int show(int value)
{
	if (branch(&key))
		return printk("on\n");
	return value + 1;
}

int other(int value);
int other(int value)
{
	return branch(&key) ? value : 0;
}
