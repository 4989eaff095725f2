// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

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

static noinline notrace int body(int value)
{
	if (!has())
		return internal(value) * 5;
	return internal(value) + value;
}

int show(int value);
int show(int value)
{
	return body(value) + 1;
}
