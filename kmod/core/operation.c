// SPDX-License-Identifier: GPL-2.0-only
/*
 * Operations run in a thread of their own: it is not in any function that can be patched, while
 * who loads a module is in the system call and the loader all the time.
 */
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/panic.h>
#include <linux/wait.h>

#include "compat.h"
#include "fault.h"
#include "hooks.h"
#include "outcome.h"
#include "patch.h"
#include "redirect.h"
#include "switch.h"

#define FIRST_PAUSE_MS 10
#define LAST_PAUSE_MS  1000

static unsigned int timeout_ms = 60000;
module_param(timeout_ms, uint, 0644);
MODULE_PARM_DESC(timeout_ms, "how long an operation is tried before it is given up");

static struct task_struct *thread;
static DECLARE_WAIT_QUEUE_HEAD(wake);
static LIST_HEAD(queue);

/* Whether @other, which is in effect, is so no more when the operation on @patch has succeeded. */
static bool goes(const struct kpatch *patch, const struct kpatch *other)
{
	if (patch->state == PATCH_PATCHING)
		return patch->description->info->replace;
	return other == patch;
}

static void set_view(const struct kpatch *patch)
{
	size_t i;

	for (i = 0; i < patch->count; i++)
		if (patch->sites[i])
			view_set(patch->sites[i],
				 (unsigned long)patch->description->funcs[i].new_addr);
}

/* What the kernel's functions lead to when the operation has succeeded. */
static void prepare_view(const struct kpatch *patch)
{
	const struct kpatch *other;

	view_clear();
	list_for_each_entry (other, &kpatch_enabled, enabled)
		if (!goes(patch, other))
			set_view(other);
	if (patch->state == PATCH_PATCHING)
		set_view(patch);
}

/* @other's version of the functions that @patch replaces too. */
static void add_earlier(struct code_ranges *ranges, const struct kpatch *patch,
			const struct kpatch *other)
{
	const struct kpatch_func_record *funcs = other->description->funcs;
	size_t i, j;

	for (i = 0; i < other->count; i++)
		for (j = 0; j < patch->count; j++)
			if (patch_same_function(other, i, patch, j))
				ranges_add(ranges, (unsigned long)funcs[i].new_addr,
					   funcs[i].new_size, funcs[i].old_name);
}

/*
 * The kernel's own code that the patch is about: what it replaces, in modules what is there, and
 * what else it names.
 */
static void add_places(struct code_ranges *ranges, const struct kpatch *patch, bool replaced,
		       bool named)
{
	const struct kpatch_description *description = patch->description;
	const struct kpatch_place_record *place = description->places;

	for (; place < description->places_end; place++)
		if (place->address && (place->both_ways ? named : replaced))
			ranges_add(ranges, (unsigned long)place->address, place->size, place->name);
	if (replaced)
		targets_add_ranges(patch, ranges);
}

/*
 * All code of a patch that goes, and its functions by name. Who is in what they replace is on the
 * way to them: preempted in ftrace's trampoline, behind the handler that has led it there.
 */
static void add_going(struct code_ranges *ranges, const struct kpatch *patch)
{
	const struct kpatch_func_record *funcs = patch->description->funcs;
	size_t i;

	for (i = 0; i < patch->count; i++)
		ranges_add(ranges, (unsigned long)funcs[i].new_addr, funcs[i].new_size,
			   funcs[i].old_name);
	ranges_add_text(ranges, patch->description->mod);
	add_places(ranges, patch, true, false);
}

static size_t count_places(const struct kpatch *patch)
{
	const struct kpatch_description *description = patch->description;

	return description->places_end - description->places + targets_count_ranges(patch);
}

/* Where no task may be for the operation to succeed. */
static int make_ranges(struct code_ranges *ranges, const struct kpatch *patch)
{
	size_t max = count_places(patch), patches = 0;
	const struct kpatch *other;
	int err;

	list_for_each_entry (other, &kpatch_enabled, enabled) {
		max += other->count + count_places(other);
		patches++;
	}
	err = ranges_alloc(ranges, max, patches);
	if (err)
		return err;
	add_places(ranges, patch, patch->state == PATCH_PATCHING, true);
	list_for_each_entry (other, &kpatch_enabled, enabled) {
		if (goes(patch, other))
			add_going(ranges, other);
		else if (patch->state == PATCH_PATCHING)
			add_earlier(ranges, patch, other);
	}
	ranges_sort(ranges);
	return 0;
}

/* Nothing leads to the patch any more: its module can go. */
static void retire(struct kpatch *patch)
{
	list_del_init(&patch->enabled);
	list_del_init(&patch->queued);
	sites_put(patch->sites, patch->count);
	targets_forget(patch);
	patch->state = PATCH_DISABLED;
	module_put(patch->description->mod);
}

/* The switch is made: functions of modules that come from now on lead to the same patches. */
static void take_effect(struct kpatch *patch)
{
	struct kpatch *other, *next;

	if (patch->state == PATCH_UNPATCHING) {
		list_del_init(&patch->enabled);
		return;
	}
	list_for_each_entry_safe (other, next, &kpatch_enabled, enabled)
		if (goes(patch, other)) {
			/* Whatever it was asked before, its last operation is this one. */
			other->result = 0;
			other->refused_by = KPATCH_HOOKS;
			retire(other);
		}
	list_add_tail(&patch->enabled, &kpatch_enabled);
}

static int stop_and_switch(struct kpatch *patch, struct machine_switch *request)
{
	struct code_ranges ranges;
	int err = make_ranges(&ranges, patch);

	if (err)
		return err;
	prepare_view(patch);
	request->stacks.ranges = &ranges;
	request->check_refused = false;
	err = may_fail(switch_try(request), -ENOMEM);
	ranges_free(&ranges);
	request->stacks.ranges = NULL;
	patch->attempts++;
	if (request->check_refused)
		patch->refused_by = KPATCH_HOOK_CHECK;
	patch->pause_ns = request->pause_ns;
	patch->stacks = request->stacks;
	return err;
}

/*
 * One attempt; its outcome is told to the world. Modules come and go with the lock held, so that
 * none does from here until their functions are led the new way.
 */
static int attempt(struct kpatch *patch, struct machine_switch *request)
{
	int err;

	mutex_lock(&kpatch_lock);
	patch->refused_by = KPATCH_HOOKS;
	err = patch->cancelled ? -ECANCELED : stop_and_switch(patch, request);
	if (!err)
		take_effect(patch);
	mutex_unlock(&kpatch_lock);
	return err;
}

static const struct kpatch_hooks *hooks_of(const struct kpatch *patch)
{
	return patch->state == PATCH_UNPATCHING ? &patch->description->unpatch
						: &patch->description->patch;
}

static int try_until_timeout(struct kpatch *patch, struct machine_switch *request)
{
	unsigned long end = jiffies + msecs_to_jiffies(READ_ONCE(timeout_ms));
	unsigned int pause = FIRST_PAUSE_MS;
	int err;

	for (;;) {
		err = attempt(patch, request);
		if (err != -EBUSY || time_after_eq(jiffies, end))
			return err;
		wait_event_idle_timeout(wake, READ_ONCE(patch->cancelled),
					min(msecs_to_jiffies(pause), end - jiffies));
		pause = min_t(unsigned int, 2 * pause, LAST_PAUSE_MS);
	}
}

static int try_with_hooks(struct kpatch *patch, struct machine_switch *request)
{
	const struct kpatch_hooks *hooks = request->hooks;
	bool unpatch = request->unpatch;
	int err = hooks_call(hooks, KPATCH_HOOK_PRE, unpatch);

	patch->refused_by = err ? KPATCH_HOOK_PRE : KPATCH_HOOKS;
	if (err)
		return err;
	err = try_until_timeout(patch, request);
	hooks_call(hooks, err ? KPATCH_HOOK_FAIL : KPATCH_HOOK_POST, unpatch);
	return err;
}

/* Whoever turned the operation back did so after the switch: there is another one to do. */
static void turn_back(struct kpatch *patch)
{
	int err = patch->state == PATCH_ENABLED ? patch_disable(patch) : patch_enable(patch);

	if (err)
		patch->result = err;
}

static void settle(struct kpatch *patch, int err)
{
	patch->result = err;
	outcome_tell(patch);
	if (patch->state == PATCH_PATCHING && !err) {
		patch->state = PATCH_ENABLED;
		add_taint(TAINT_LIVEPATCH, LOCKDEP_STILL_OK);
	} else if (patch->state == PATCH_UNPATCHING && err) {
		patch->state = PATCH_ENABLED;
	} else {
		retire(patch);
	}
	if (!err && patch->cancelled)
		turn_back(patch);
}

/* What speaks against the operation before it has begun. */
static int may_begin(const struct kpatch *patch)
{
	if (patch->cancelled)
		return -ECANCELED;
	/* Another patch may have come since this was asked for. */
	return patch->state == PATCH_UNPATCHING && patch_on_top_of(patch) ? -EEXIST : 0;
}

static void operate(struct kpatch *patch)
{
	struct machine_switch request = {
		.hooks = hooks_of(patch),
		.unpatch = patch->state == PATCH_UNPATCHING,
	};
	int err;

	mutex_lock(&kpatch_lock);
	err = may_begin(patch);
	mutex_unlock(&kpatch_lock);

	if (!err)
		err = try_with_hooks(patch, &request);

	mutex_lock(&kpatch_lock);
	settle(patch, err);
	mutex_unlock(&kpatch_lock);
}

static struct kpatch *next_operation(void)
{
	struct kpatch *patch;

	mutex_lock(&kpatch_lock);
	patch = list_first_entry_or_null(&queue, struct kpatch, queued);
	if (patch)
		list_del_init(&patch->queued);
	mutex_unlock(&kpatch_lock);
	return patch;
}

static int operations(void *unused)
{
	struct kpatch *patch;

	while (!kthread_should_stop()) {
		wait_event_idle(wake, kthread_should_stop() || !list_empty_careful(&queue));
		while ((patch = next_operation()))
			operate(patch);
	}
	return 0;
}

void operations_add(struct kpatch *patch)
{
	patch->cancelled = false;
	/* What the one before has left would look as if this one were being tried. */
	patch->unpatch = patch->state == PATCH_UNPATCHING;
	patch->refused_by = KPATCH_HOOKS;
	patch->attempts = 0;
	patch->stacks.blocking = 0;
	list_add_tail(&patch->queued, &queue);
	wake_up(&wake);
}

void operations_cancel(struct kpatch *patch)
{
	WRITE_ONCE(patch->cancelled, true);
	wake_up(&wake);
}

int operations_start(void)
{
	thread = may_fail(kthread_run(operations, NULL, "kpatch"), ERR_PTR(-ENOMEM));
	return PTR_ERR_OR_ZERO(thread);
}

void operations_stop(void)
{
	kthread_stop(thread);
}
