// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

extern struct static_key key;

#define BRANCH(label, mark)                                                                  \
	asm goto("1:\tjmp %l[" #label "]\n\t.byte 0x0f, 0xae, 0xe8\n"                        \
		 ".pushsection __jump_table,\"aw\"\n\t.balign 8\n"                           \
		 "\t.long 1b - .\n\t.long %l[" #label "] - .\n\t.quad %c0 + " #mark " - .\n" \
		 ".popsection\n"                                                             \
		 :                                                                           \
		 : "i"(&key)                                                                 \
		 :                                                                           \
		 : label)

int show(int value);
int show(int value)
{
	BRANCH(yes, 2);
	BRANCH(no, 0);
	return value + 2;
yes:
	return internal(value);
no:
	return internal(value + 5);
}
