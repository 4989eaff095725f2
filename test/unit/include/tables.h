/* SPDX-License-Identifier: GPL-2.0-only */
/* Kernel macros that leave an entry in a table, with the layouts of Linux 6.1. */
#ifndef UNIT_TABLES_H
#define UNIT_TABLES_H

#include "kernel.h"

/* ALTERNATIVE() of arch/x86/include/asm/alternative.h, with its padding left out */
#define ALTERNATIVE(old, new)                                                           \
	asm volatile("661:\t" old "\n662:\n"                                            \
		     ".pushsection .altinstructions,\"a\"\n"                            \
		     "\t.long 661b - .\n\t.long 663f - .\n\t.word 200\n"                \
		     "\t.byte 662b - 661b\n\t.byte 664f - 663f\n.popsection\n"          \
		     ".pushsection .altinstr_replacement,\"ax\"\n663:\t" new "\n664:\n" \
									     ".popsection")

/* A load that may fault, asm/extable.h; @fixup is the label to go on at, 2 or 3. */
#define LOAD(value, address, fixup)                                                    \
	asm volatile("1:\tmovq (%1), %0\n2:\tnop\n3:\n"                                \
		     ".pushsection __ex_table,\"a\"\n\t.balign 4\n"                    \
		     "\t.long 1b - .\n\t.long " #fixup "b - .\n\t.long 3\n.popsection" \
		     : "=r"(value)                                                     \
		     : "r"(address))

/* _paravirt_alt() of asm/paravirt_types.h */
#define PARAVIRT(insn, type)                                                  \
	asm volatile("771:\t" insn "\n772:\n"                                 \
		     ".pushsection .parainstructions,\"a\"\n\t.balign 8\n"    \
		     "\t.quad 771b\n\t.byte " #type "\n\t.byte 772b - 771b\n" \
		     "\t.short 1\n\t.balign 8\n.popsection" ::                \
			     : "memory")

struct static_key {
	u64 enabled;
	u64 entries;
};

/* arch_static_branch(), asm/jump_label.h */
static inline __attribute__((__always_inline__)) bool static_branch(struct static_key *key)
{
	asm goto("1:\t.byte 0x0f, 0x1f, 0x44, 0x00, 0x00\n"
		 ".pushsection __jump_table,\"aw\"\n\t.balign 8\n"
		 "\t.long 1b - .\n\t.long %l[yes] - .\n\t.quad %c0 - .\n.popsection\n"
		 :
		 : "i"(key)
		 :
		 : yes);
	return 0;
yes:
	return 1;
}

/*
 * __WARN_bug_entry() of asm/bug.h, Linux 7.2: the address of the entry, which WARN() hands to a
 * function. BUG_STRUCT_SIZE is 16 there.
 */
#define BUG_ENTRY_FORMAT(format)                                           \
	({                                                                 \
		void *entry;                                               \
		asm volatile("leaq 2f(%%rip), %0\n1:\n"                    \
			     ".pushsection __bug_table,\"aw\"\n"           \
			     "2:\t.long 1b - .\n\t.long %c1 - .\n"         \
			     "\t.long %c2 - .\n\t.word %c3\n\t.word 9\n"   \
			     ".popsection\n"                               \
			     : "=r"(entry)                                 \
			     : "i"(format), "i"(__FILE__), "i"(__LINE__)); \
		entry;                                                     \
	})

#endif /* UNIT_TABLES_H */
