// SPDX-License-Identifier: GPL-2.0-only
/* A thread that sleeps in a function without unwind tables: nobody can tell who has called it. */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>

static struct task_struct *thread;

static int sleep_in_the_dark(void *unused)
{
	set_current_state(TASK_IDLE);
	while (!kthread_should_stop()) {
		schedule();
		set_current_state(TASK_IDLE);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static int __init dark_init(void)
{
	thread = kthread_run(sleep_in_the_dark, NULL, "dark");
	return PTR_ERR_OR_ZERO(thread);
}

static void __exit dark_exit(void)
{
	kthread_stop(thread);
}

module_init(dark_init);
module_exit(dark_exit);
MODULE_LICENSE("GPL");
