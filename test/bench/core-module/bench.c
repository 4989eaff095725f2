// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the pause of the core module is compared with, in the same machine. To read a parameter
 * is to measure: /sys/module/bench/parameters/
 *
 *	empty_stop   ns of a stop_machine() whose function does nothing, as its caller sees it
 *	unwinding    "NS TASKS ADDRESSES" of unwinding all tasks, without looking at what is found,
 *	             while the machine is stopped
 *	last_stop    ns of the last stop_machine(), whoever called it, as its caller saw it
 *	calls        ns of 10,000 calls of a small function, in a loop
 */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/preempt.h>
#include <linux/refcount.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/stop_machine.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <asm/unwind.h>

#include "bench-target.h"

#define CALLS 10000
#define LOOPS 20

static u64 last_stop;

static struct task_struct *stopping;
static u64 stop_begin;

/*
 * Two probes, of the first and the last that stop_machine() does, instead of one of its return: the
 * stack of who is in a function with such a probe cannot always be read.
 */
static int stop_begins(struct kprobe *probe, struct pt_regs *regs)
{
	stopping = current;
	stop_begin = ktime_get_mono_fast_ns();
	return 0;
}

static int stop_ends(struct kprobe *probe, struct pt_regs *regs)
{
	if (stopping == current) {
		WRITE_ONCE(last_stop, ktime_get_mono_fast_ns() - stop_begin);
		stopping = NULL; /* the same thread may take that lock for something else */
	}
	return 0;
}

static struct kprobe begin_probe = { .symbol_name = "stop_machine", .pre_handler = stop_begins };
static struct kprobe end_probe = { .symbol_name = "cpus_read_unlock", .pre_handler = stop_ends };
static struct kprobe *probes[] = { &begin_probe, &end_probe };

static int get_last_stop(char *buffer, const struct kernel_param *parameter)
{
	return sysfs_emit(buffer, "%llu\n", READ_ONCE(last_stop));
}

static int nothing(void *unused)
{
	return 0;
}

static int get_empty_stop(char *buffer, const struct kernel_param *parameter)
{
	int err = stop_machine(nothing, NULL, cpu_online_mask);

	return err ?: get_last_stop(buffer, parameter);
}

struct walk {
	u64 ns;
	unsigned int tasks, addresses;
};

/* By the rules of arch_stack_walk_reliable(). */
static unsigned int unwind(struct task_struct *task)
{
	struct unwind_state state;
	unsigned int addresses = 0;

	for (unwind_start(&state, task, NULL, NULL); !unwind_done(&state) && !unwind_error(&state);
	     unwind_next_frame(&state)) {
		struct pt_regs *regs = unwind_get_entry_regs(&state, NULL);

		if (regs && user_mode(regs))
			break;
		if (!unwind_get_return_address(&state))
			break;
		addresses++;
	}
	return addresses;
}

/* One CPU runs this, the others wait in multi_cpu_stop(): their stopper threads cannot be unwound. */
static int walk_tasks(void *data)
{
	struct walk *walk = data;
	struct task_struct *process, *task;
	u64 begin = ktime_get_mono_fast_ns();

	for_each_process_thread (process, task) {
		if (str_has_prefix(task->comm, "migration/") ||
		    !refcount_read(&task->stack_refcount))
			continue;
		walk->tasks++;
		walk->addresses += unwind(task);
	}
	walk->ns = ktime_get_mono_fast_ns() - begin;
	return 0;
}

static int get_unwinding(char *buffer, const struct kernel_param *parameter)
{
	struct walk walk = {};
	int err = stop_machine(walk_tasks, &walk, NULL);

	return err ?: sysfs_emit(buffer, "%llu %u %u\n", walk.ns, walk.tasks, walk.addresses);
}

static u64 time_calls(void)
{
	unsigned long x = 0;
	unsigned int i;
	u64 begin;

	preempt_disable();
	begin = ktime_get_mono_fast_ns();
	for (i = 0; i < CALLS; i++)
		x = bench_target_0(x);
	begin = ktime_get_mono_fast_ns() - begin;
	preempt_enable();
	return begin;
}

/* The fastest of several loops: whatever else the machine does makes a loop slower. */
static int get_calls(char *buffer, const struct kernel_param *parameter)
{
	u64 fastest = U64_MAX;
	unsigned int i;

	for (i = 0; i < LOOPS; i++)
		fastest = min(fastest, time_calls());
	return sysfs_emit(buffer, "%llu\n", fastest);
}

#define MEASURE(name)                                                            \
	static const struct kernel_param_ops name##_ops = { .get = get_##name }; \
	module_param_cb(name, &name##_ops, NULL, 0444)

MEASURE(last_stop);
MEASURE(empty_stop);
MEASURE(unwinding);
MEASURE(calls);

static int __init bench_init(void)
{
	return register_kprobes(probes, ARRAY_SIZE(probes));
}

static void __exit bench_exit(void)
{
	unregister_kprobes(probes, ARRAY_SIZE(probes));
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("measures stops and calls");
