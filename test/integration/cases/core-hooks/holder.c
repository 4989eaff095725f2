// SPDX-License-Identifier: GPL-2.0-only
/* A thread that holds the mutex at "address" as long as the module is loaded, and sleeps. */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>

static unsigned long address;
module_param(address, ulong, 0);

static struct task_struct *thread;
static DECLARE_COMPLETION(held);

static int hold(void *mutex)
{
	mutex_lock(mutex);
	complete(&held);
	set_current_state(TASK_IDLE);
	while (!kthread_should_stop()) {
		schedule();
		set_current_state(TASK_IDLE);
	}
	__set_current_state(TASK_RUNNING);
	mutex_unlock(mutex);
	return 0;
}

static int __init holder_init(void)
{
	thread = kthread_run(hold, (void *)address, "holder");
	if (IS_ERR(thread))
		return PTR_ERR(thread);
	wait_for_completion(&held);
	return 0;
}

static void __exit holder_exit(void)
{
	kthread_stop(thread);
}

module_init(holder_init);
module_exit(holder_exit);
MODULE_LICENSE("GPL");
