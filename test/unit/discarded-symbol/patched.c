// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int helper(int value)
{
	return printk("%d\n", value);
}

int show(int value);
int show(int value)
{
	return helper(value) + 2;
}

/* STACK_FRAME_NON_STANDARD() of linux/objtool.h, 6.1 */
static void *__used __attribute__((__section__(".discard.func_stack_frame_non_standard")))
__func_stack_frame_non_standard_show = (void *)show;
