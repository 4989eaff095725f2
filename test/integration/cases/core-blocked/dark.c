// SPDX-License-Identifier: GPL-2.0-only
/*
 * A thread that sleeps in a function without unwind tables: nobody can tell who has called it. Who
 * reads /proc/dark sleeps there too, uninterruptibly, until somebody writes to it.
 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/wait.h>

static struct task_struct *thread;
static DECLARE_WAIT_QUEUE_HEAD(readers);
static bool light;

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

static ssize_t dark_read(struct file *file, char __user *buffer, size_t size, loff_t *at)
{
	wait_event(readers, READ_ONCE(light));
	return 0;
}

static ssize_t dark_write(struct file *file, const char __user *buffer, size_t size, loff_t *at)
{
	WRITE_ONCE(light, true);
	wake_up_all(&readers);
	return size;
}

static const struct proc_ops dark_ops = { .proc_read = dark_read, .proc_write = dark_write };

static int __init dark_init(void)
{
	if (!proc_create("dark", 0600, NULL, &dark_ops))
		return -ENOMEM;
	thread = kthread_run(sleep_in_the_dark, NULL, "dark");
	if (IS_ERR(thread))
		remove_proc_entry("dark", NULL);
	return PTR_ERR_OR_ZERO(thread);
}

static void __exit dark_exit(void)
{
	remove_proc_entry("dark", NULL);
	kthread_stop(thread);
}

module_init(dark_init);
module_exit(dark_exit);
MODULE_LICENSE("GPL");
