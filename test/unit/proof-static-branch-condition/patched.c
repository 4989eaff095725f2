// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

extern struct static_key key;

int show(int value);
int show(int value)
{
	asm goto("1:\tjne %l[yes]\n\t.byte 0x0f, 0xae, 0xe8\n"
		 ".pushsection __jump_table,\"aw\"\n\t.balign 8\n"
		 "\t.long 1b - .\n\t.long %l[yes] - .\n\t.quad %c0 + 2 - .\n.popsection\n"
		 :
		 : "i"(&key)
		 :
		 : yes);
	return value + 2;
yes:
	return internal(value);
}
