// SPDX-License-Identifier: GPL-2.0-only
/* A kprobe whose post handler makes ftrace give the function to it alone. */
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static char *symbol = "tty_read";
module_param(symbol, charp, 0);

static void after(struct kprobe *probe, struct pt_regs *regs, unsigned long flags)
{
}

static struct kprobe probe = {
	.post_handler = after,
};

static int __init probe_init(void)
{
	probe.symbol_name = symbol;
	return register_kprobe(&probe);
}

static void __exit probe_exit(void)
{
	unregister_kprobe(&probe);
}

module_init(probe_init);
module_exit(probe_exit);
MODULE_LICENSE("GPL");
