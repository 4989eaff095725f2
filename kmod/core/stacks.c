// SPDX-License-Identifier: GPL-2.0-only
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/refcount.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <asm/unwind.h>

#include "compat.h"
#include "fault.h"
#include "kernel.h"
#include "stacks.h"
#include "switch.h"

int ranges_alloc(struct code_ranges *ranges, size_t max, size_t max_texts)
{
	*ranges = (struct code_ranges){ .max = max, .max_texts = max_texts };
	ranges->list = may_fail(kvcalloc(max + 1, sizeof(*ranges->list), GFP_KERNEL), NULL);
	ranges->texts = may_fail(kvcalloc(max_texts + 1, sizeof(*ranges->texts), GFP_KERNEL), NULL);
	if (ranges->list && ranges->texts)
		return 0;
	ranges_free(ranges);
	return -ENOMEM;
}

void ranges_free(struct code_ranges *ranges)
{
	kvfree(ranges->list);
	kvfree(ranges->texts);
	memset(ranges, 0, sizeof(*ranges));
}

void ranges_add(struct code_ranges *ranges, unsigned long start, unsigned long size,
		const char *name)
{
	if (WARN_ON_ONCE(ranges->count >= ranges->max))
		return;
	ranges->list[ranges->count++] = (struct code_range){ start, start + size + 1, name };
}

void ranges_add_text(struct code_ranges *ranges, const struct module *mod)
{
	unsigned long size, text = kpatch_module_text(mod, &size);

	if (WARN_ON_ONCE(ranges->nr_texts >= ranges->max_texts))
		return;
	ranges->texts[ranges->nr_texts++] = (struct code_range){ text, text + size, mod->name };
}

static int compare_ranges(const void *a, const void *b)
{
	unsigned long left = ((const struct code_range *)a)->start;
	unsigned long right = ((const struct code_range *)b)->start;

	return left < right ? -1 : left > right;
}

void ranges_sort(struct code_ranges *ranges)
{
	sort(ranges->list, ranges->count, sizeof(*ranges->list), compare_ranges, NULL);
}

/* The last range that begins at or before @address is the only one that can hold it: functions do
 * not overlap, but for the byte behind their end, which is the next one's first.
 */
static const char *range_name(const struct code_ranges *ranges, unsigned long address)
{
	size_t low = 0, high = ranges->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (ranges->list[middle].start <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (low && address < ranges->list[low - 1].end)
		return ranges->list[low - 1].name;
	for (low = 0; low < ranges->nr_texts; low++)
		if (address >= ranges->texts[low].start && address < ranges->texts[low].end)
			return ranges->texts[low].name;
	return NULL;
}

/*
 * 0: not active. 1: active, and *@function says where. -1: the stack cannot be read to its end,
 * as the kernel's own reliable walk judges it (arch/x86/kernel/stacktrace.c,
 * arch_stack_walk_reliable()), whose pieces are exported while it is not. All
 * addresses count, also those of interrupted code, which are exact.
 */
static int task_activity(struct task_struct *task, const struct code_ranges *ranges,
			 const char **function)
{
	struct unwind_state state;

	for (unwind_start(&state, task, NULL, NULL); !unwind_done(&state) && !unwind_error(&state);
	     unwind_next_frame(&state)) {
		struct pt_regs *regs = unwind_get_entry_regs(&state, NULL);
		unsigned long address;

		if (regs && user_mode(regs))
			return 0;
		if (regs && IS_ENABLED(CONFIG_FRAME_POINTER))
			return -1;
		address = unwind_get_return_address(&state);
		if (!address)
			return -1;
		*function = range_name(ranges, address);
		if (*function)
			return 1;
	}
	return unwind_error(&state) ? -1 : 0;
}

/* A dead task has no stack any more, or is past all code that could be patched. */
static bool has_stack(const struct task_struct *task)
{
	return refcount_read(&task->stack_refcount) != 0;
}

/*
 * A kretprobe puts an address of its own in the place of a return address. The unwinder finds the
 * right one for tasks that sleep, not for one that was preempted; Linux 6.1 warns in the log
 * when it is asked (kernel/trace/rethook.c, rethook_find_ret_addr()).
 */
static bool is_probed(const struct task_struct *task)
{
#ifdef CONFIG_RETHOOK
	return task_is_running(task) && task->rethooks.first;
#else
	return false;
#endif
}

static void check_task(struct stack_check *check, struct task_struct *task)
{
	const char *function = NULL;
	struct blocker *blocker;
	int activity;

	if (!has_stack(task))
		return;
	check->tasks++;
	activity = is_probed(task) ? -1 : task_activity(task, check->ranges, &function);
	if (!activity)
		return;
	if (check->blocking < BLOCKERS_MAX) {
		blocker = &check->blockers[check->blocking];
		blocker->pid = task_pid_nr(task);
		memcpy(blocker->comm, task->comm, sizeof(blocker->comm));
		strscpy(blocker->function, activity > 0 ? function : "", sizeof(blocker->function));
	}
	check->blocking++;
}

/*
 * No lock is needed: who changes the list of tasks does so with interrupts off or preemption
 * disabled, and no CPU is in such a place when the machine is stopped.
 */
int stacks_check(struct stack_check *check)
{
	struct task_struct *process, *task;
	int cpu;

	check->tasks = 0;
	check->blocking = 0;
	for_each_process_thread (process, task)
		if (!switch_is_stopper(task))
			check_task(check, task);
	for_each_online_cpu (cpu)
		check_task(check, kernel_idle_task(cpu));
	return check->blocking ? -EBUSY : 0;
}
