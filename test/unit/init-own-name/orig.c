// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern int limit;
int limit;

static int __init __attribute__((__used__)) setup(void)
{
	limit = 10;
	return internal(limit);
}

/* module_init() of linux/module.h */
int init_module(void) __attribute__((__alias__("setup")));
