// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define hook nothing
#endif
extern int hook(int value) __attribute__((__weak__));

int show(int value);
int show(int value)
{
	long found;

	asm("movq $%c1, %0" : "=r"(found) : "i"(hook));
	return internal(found != 0) + value + 2;
}
