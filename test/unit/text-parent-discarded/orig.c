// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int show(int value)
{
	return printk("%d\n", value);
}

static int (*const __used pointer)(int value) = show;

/* __ADDRESSABLE(), include/linux/compiler.h, 6.1 */
static void *__used __attribute__((__section__(".discard.addressable")))
__UNIQUE_ID___addressable_show1 = (void *)&show;
