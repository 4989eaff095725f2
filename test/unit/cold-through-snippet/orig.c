// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
void bad(int) __attribute__((cold));
static inline __attribute__((always_inline)) bool has(void)
{
	asm goto("jmp 6f\n771:\n.pushsection .altinstr_aux,\"ax\"\n6: testb $1, boot\njnz "
		 "%l[t_yes]\njmp %l[t_no]\n.popsection"
		 :
		 :
		 :
		 : t_yes, t_no);
t_yes:
	return 1;
t_no:
	return 0;
}
int f(int v)
{
	if (!has()) {
		bad(5);
		return -14;
	}
	return internal(v);
}
int g(int x)
{
	return internal(x) + 1;
}
