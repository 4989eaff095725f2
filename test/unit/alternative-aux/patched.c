// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);

extern char flags[];

/* _static_cpu_has() of arch/x86/include/asm/cpufeature.h, 6.1 */
static inline __attribute__((__always_inline__)) bool has(int bit)
{
	asm goto("661:\tjmp 6f\n662:\n"
		 ".pushsection .altinstructions,\"a\"\n"
		 "\t.long 661b - .\n\t.long 663f - .\n\t.word %c0\n"
		 "\t.byte 662b - 661b\n\t.byte 664f - 663f\n.popsection\n"
		 ".pushsection .altinstr_replacement,\"ax\"\n663:\tjmp %l[no]\n664:\n"
		 ".popsection\n"
		 ".pushsection .altinstr_aux,\"ax\"\n6:\ttestb %1, %c2(%%rip)\n"
		 "\tjnz %l[yes]\n\tjmp %l[no]\n.popsection"
		 :
		 : "i"(bit), "i"(1 << (bit & 7)), "i"(&flags[0])
		 :
		 : yes, no);
yes:
	return 1;
no:
	return 0;
}

int show(int value)
{
	return has(3) ? value + 2 : 0;
}

int other(int value);
int other(int value)
{
	return has(4) ? value + 3 : 0;
}
