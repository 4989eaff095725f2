// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define RUNTIME_PTR(p)                                                                      \
	asm("mov %1,%0\n1:\n.pushsection runtime_ptr_hashtable,\"a\"\n\t.long 1b - 8 - .\n" \
	    ".popsection"                                                                   \
	    : "=r"(p)                                                                       \
	    : "i"(0x0123456789abcdefULL))

extern u64 hashtable;
int f(int v);
int f(int v)
{
	u64 p;

	RUNTIME_PTR(p);
	return internal(v) + *(int *)p;
}
