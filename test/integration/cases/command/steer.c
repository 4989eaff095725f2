// SPDX-License-Identifier: GPL-2.0-only
/* A user of ftrace that may change where the function's callers end up. */
#include <linux/ftrace.h>
#include <linux/module.h>
#include <linux/string.h>

static void steer_call(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *ops,
		       struct ftrace_regs *fregs)
{
}

static struct ftrace_ops steer_ops = {
	.func = steer_call,
	.flags = FTRACE_OPS_FL_IPMODIFY | FTRACE_OPS_FL_SAVE_REGS,
};

static int __init steer_init(void)
{
	static unsigned char name[] = "tty_read";
	int err = ftrace_set_filter(&steer_ops, name, strlen(name), 1);

	return err ? err : register_ftrace_function(&steer_ops);
}

static void __exit steer_exit(void)
{
	unregister_ftrace_function(&steer_ops);
	ftrace_free_filter(&steer_ops);
}

module_init(steer_init);
module_exit(steer_exit);
MODULE_LICENSE("GPL");
