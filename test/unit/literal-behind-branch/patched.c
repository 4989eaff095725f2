// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct static_key {
	u64 enabled;
	u64 entries;
};
extern struct static_key key;

/* A switched off branch with a jump behind it, as gcc writes "if (branch()) ...; goto out;". */
#define BRANCH(yes, no)                                                                         \
	asm goto("1:\tjmp %l[" #yes "]\n\tjmp %l[" #no "]\n"                                    \
		 ".pushsection __jump_table,\"aw\"\n\t.balign 8\n"                              \
		 "\t.long 1b - .\n\t.long %l[" #yes "] - .\n\t.quad %c0 - . + 2\n.popsection\n" \
		 :                                                                              \
		 : "i"(&key)                                                                    \
		 :                                                                              \
		 : yes, no)

const char *keep(int value);

noinline const char *keep(int value)
{
	BRANCH(yes, no);
yes:
	printk("%d\n", value + 1);
no:
	return "kept";
}
