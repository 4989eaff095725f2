// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
asm(".pushsection .my_tbl,\"a\"\n.globl my_tbl_start\nmy_tbl_start: .long 5, 6\n.popsection");
asm(".pushsection .rodata,\"a\"\nlimits: .long 5\n.popsection");
extern int my_tbl_start[];
int f(int v)
{
	return internal(v);
}
int h(int v)
{
	return internal(my_tbl_start[v]);
}
