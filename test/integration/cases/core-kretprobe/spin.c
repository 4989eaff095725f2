// SPDX-License-Identifier: GPL-2.0-only
/* A thread that is always in a function with a kretprobe, and always wants to run. */
#include <linux/err.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rcupdate.h>

static struct task_struct *thread;

static noinline int spin_here(void)
{
	while (!kthread_should_stop())
		cond_resched_tasks_rcu_qs();
	return 0;
}

static int spin(void *unused)
{
	return spin_here();
}

static int returned(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	return 0;
}

static struct kretprobe probe = {
	.kp.addr = (kprobe_opcode_t *)spin_here,
	.handler = returned,
};

static int __init spin_init(void)
{
	int err = register_kretprobe(&probe);

	if (err)
		return err;
	thread = kthread_run(spin, NULL, "spin");
	if (IS_ERR(thread))
		unregister_kretprobe(&probe);
	return PTR_ERR_OR_ZERO(thread);
}

static void __exit spin_exit(void)
{
	kthread_stop(thread);
	unregister_kretprobe(&probe);
}

module_init(spin_init);
module_exit(spin_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a task in a function with a kretprobe");
