// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
char counter = 1;
#else
int counter = 1;
#endif
int use(void *address);

int show(int value);
int show(int value)
{
	return use(&counter) + value + 1;
}
