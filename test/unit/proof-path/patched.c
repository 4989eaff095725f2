// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define PATH "/build/there/dir/file.c"
#else
#define PATH "dir/file.c"
#endif

int show(int value);
int show(int value)
{
	return printk(PATH) + value + 2;
}
