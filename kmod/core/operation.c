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

/* What the kernel's functions lead to when the operation has succeeded. */
static void prepare_view(struct kpatch *patch)
{
	const struct kpatch_func_record *funcs;
	struct kpatch *other;
	size_t i;

	view_clear();
	list_for_each_entry (other, &kpatch_enabled, enabled) {
		if (other == patch)
			continue;
		funcs = other->description->funcs;
		for (i = 0; i < other->count; i++)
			view_set(other->sites[i], (unsigned long)funcs[i].new_addr);
	}
	if (patch->state != PATCH_PATCHING)
		return;
	for (i = 0; i < patch->count; i++)
		view_set(patch->sites[i], (unsigned long)patch->description->funcs[i].new_addr);
}

/* What earlier patches made of the function: it must not be active either. */
static void add_earlier(struct code_ranges *ranges, const struct kpatch *patch, size_t index)
{
	const char *name = patch->description->funcs[index].old_name;
	const struct kpatch *other;
	size_t i;

	list_for_each_entry (other, &kpatch_enabled, enabled) {
		const struct kpatch_func_record *funcs = other->description->funcs;

		for (i = 0; i < other->count; i++)
			if (other->sites[i] == patch->sites[index])
				ranges_add(ranges, (unsigned long)funcs[i].new_addr,
					   funcs[i].new_size, name);
	}
}

static int ranges_for_patching(struct code_ranges *ranges, const struct kpatch *patch)
{
	const struct kpatch_description *description = patch->description;
	size_t places = description->places_end - description->places, earlier = 0, i;
	const struct kpatch *other;
	int err;

	list_for_each_entry (other, &kpatch_enabled, enabled)
		earlier += other->count;
	err = ranges_alloc(ranges, places + earlier);
	if (err)
		return err;
	for (i = 0; i < places; i++)
		ranges_add(ranges, (unsigned long)description->places[i].address,
			   description->places[i].size, description->places[i].name);
	for (i = 0; i < patch->count; i++)
		add_earlier(ranges, patch, i);
	return 0;
}

static int ranges_for_unpatching(struct code_ranges *ranges, const struct kpatch *patch)
{
	const struct kpatch_func_record *funcs = patch->description->funcs;
	unsigned long text, size;
	size_t i;
	int err;

	err = ranges_alloc(ranges, patch->count);
	if (err)
		return err;
	for (i = 0; i < patch->count; i++)
		ranges_add(ranges, (unsigned long)funcs[i].new_addr, funcs[i].new_size,
			   funcs[i].old_name);
	text = kpatch_module_text(patch->description->mod, &size);
	ranges->text = (struct code_range){ text, text + size, patch->description->mod->name };
	return 0;
}

/* One attempt; its outcome is told to the world. */
static int attempt(struct kpatch *patch, struct machine_switch *request)
{
	int err = switch_try(request);

	mutex_lock(&kpatch_lock);
	patch->attempts++;
	patch->pause_ns = request->pause_ns;
	patch->stacks = request->stacks;
	patch->stacks.ranges = NULL;
	if (err == -EBUSY && patch->cancelled)
		err = -ECANCELED;
	mutex_unlock(&kpatch_lock);
	return err;
}

static int try_until_timeout(struct kpatch *patch, const struct code_ranges *ranges)
{
	struct machine_switch request = { .stacks.ranges = ranges };
	unsigned long end = jiffies + msecs_to_jiffies(READ_ONCE(timeout_ms));
	unsigned int pause = FIRST_PAUSE_MS;
	int err;

	for (;;) {
		err = attempt(patch, &request);
		if (err != -EBUSY || time_after_eq(jiffies, end))
			return err;
		wait_event_idle_timeout(wake, READ_ONCE(patch->cancelled),
					min(msecs_to_jiffies(pause), end - jiffies));
		pause = min_t(unsigned int, 2 * pause, LAST_PAUSE_MS);
	}
}

static void settle(struct kpatch *patch, int err)
{
	bool patched = (patch->state == PATCH_PATCHING) == !err;

	patch->result = err;
	if (patched) {
		if (!err) {
			list_add_tail(&patch->enabled, &kpatch_enabled);
			add_taint(TAINT_LIVEPATCH, LOCKDEP_STILL_OK);
		}
		patch->state = PATCH_ENABLED;
		return;
	}
	if (!err)
		list_del_init(&patch->enabled);
	sites_put(patch->sites, patch->count);
	patch->state = PATCH_DISABLED;
	module_put(patch->description->mod);
}

static void operate(struct kpatch *patch)
{
	struct code_ranges ranges = { 0 };
	int err;

	mutex_lock(&kpatch_lock);
	patch->attempts = 0;
	if (patch->state == PATCH_PATCHING)
		err = ranges_for_patching(&ranges, patch);
	else
		err = ranges_for_unpatching(&ranges, patch);
	ranges_sort(&ranges);
	prepare_view(patch);
	mutex_unlock(&kpatch_lock);

	if (!err)
		err = try_until_timeout(patch, &ranges);
	ranges_free(&ranges);

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
	patch->result = -EINPROGRESS;
	list_add_tail(&patch->queued, &queue);
	wake_up(&wake);
}

int operations_start(void)
{
	thread = kthread_run(operations, NULL, "kpatch");
	return PTR_ERR_OR_ZERO(thread);
}

void operations_stop(void)
{
	kthread_stop(thread);
}
