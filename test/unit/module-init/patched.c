// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int init_module(void);
void cleanup_module(void);
int show(void);

static int __init setup(void)
{
	return printk("setup\n");
}

static void __used __attribute__((__section__(".exit.text"), __cold__)) notrace teardown(void)
{
	printk("teardown\n");
}

int init_module(void) __attribute__((__copy__(setup), __alias__("setup")));
void cleanup_module(void) __attribute__((__copy__(teardown), __alias__("teardown")));

/* module_init() and module_exit(), include/linux/module.h, 6.1 */
static void *__used __attribute__((__section__(".init.data")))
__UNIQUE_ID___addressable_init_module452 = (void *)&init_module;
static void *__used __attribute__((__section__(".exit.data")))
__UNIQUE_ID___addressable_cleanup_module453 = (void *)&cleanup_module;

int show(void)
{
	return printk("after\n");
}
