// SPDX-License-Identifier: GPL-2.0-only
/* What patch modules call, and what sysfs asks for. */
#include <linux/err.h>
#include <linux/kallsyms.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "always-active.h"
#include "build-id.h"
#include "fault.h"
#include "patch.h"
#include "redirect.h"

#define patch_err(description, fmt, ...) \
	pr_err("kpatch: error: %s: " fmt, (description)->mod->name, ##__VA_ARGS__)

DEFINE_MUTEX(kpatch_lock);
LIST_HEAD(kpatch_registered);
LIST_HEAD(kpatch_enabled);

static bool is_always_active(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(always_active); i++)
		if (!strcmp(name, always_active[i]))
			return true;
	return false;
}

static int check_function(const struct kpatch_description *description, size_t i)
{
	const struct kpatch_func_record *func = &description->funcs[i];

	if (strcmp(func->object, "vmlinux") || !is_always_active(func->old_name))
		return 0;
	patch_err(description,
		  "some task is in %s() at all times, so it cannot be replaced; patch its "
		  "callers or what it calls [always-active]\n",
		  func->old_name);
	return -EINVAL;
}

/* What the patch does not replace, and names (KPATCH_INACTIVE). */
static int check_place(const struct kpatch_description *description,
		       const struct kpatch_place_record *place)
{
	if (!place->both_ways || !is_always_active(place->name))
		return 0;
	patch_err(description,
		  "some task is in %s() at all times, so the patch can never be applied while "
		  "that must not be active (KPATCH_INACTIVE); name its callers that matter "
		  "[always-active]\n",
		  place->name);
	return -EINVAL;
}

static int check_description(const struct kpatch_description *description, size_t count)
{
	const struct kpatch_place_record *place;
	size_t i;
	int err;

	if (description->abi != KPATCH_CORE_ABI ||
	    description->places_end - description->places < count) {
		patch_err(description, "built for another version of the core module; build both "
				       "with one version of kpatch-build [abi]\n");
		return -EINVAL;
	}
	err = build_id_check(description->mod, description->info);
	for (i = 0; !err && i < count; i++)
		err = check_function(description, i);
	for (place = description->places + count; !err && place < description->places_end; place++)
		err = check_place(description, place);
	return err;
}

/*
 * By halves: each question waits until no task is in ftrace's code. What is armed by them goes with
 * the sites that the caller puts.
 */
static void tell_owned(struct kpatch *patch, size_t first, size_t count)
{
	if (!count || sites_arm(&patch->sites[first], count) != -EBUSY)
		return;
	if (count > 1) {
		tell_owned(patch, first, count / 2);
		tell_owned(patch, first + count / 2, count - count / 2);
		return;
	}
	patch_err(patch->description,
		  "function %s is redirected by another owner already (a livepatch, a BPF program "
		  "or "
		  "a kprobe with a post handler), which has to be removed first, or ftrace is "
		  "switched "
		  "off (kernel.ftrace_enabled) [function-owned]\n",
		  patch->description->funcs[first].old_name);
}

static struct site *take_site(struct kpatch *patch, size_t i)
{
	const struct kpatch_description *description = patch->description;
	struct site *site = site_get(patch->targets[i].address);

	if (IS_ERR(site) && PTR_ERR(site) == -EINVAL)
		patch_err(description,
			  "ftrace cannot redirect %s(); patch its callers [not-traceable]\n",
			  description->funcs[i].old_name);
	if (IS_ERR(site) || site->last_user != patch) {
		if (!IS_ERR(site))
			site->last_user = patch;
		return site;
	}
	patch_err(description,
		  "%s() is another name of a function that the patch replaces too; "
		  "this is a fault of the patch module [function-duplicate]\n",
		  description->funcs[i].old_name);
	site->users--;
	return ERR_PTR(-EINVAL);
}

static void put_taken(struct kpatch *patch, const bool *taken)
{
	size_t i;

	for (i = 0; i < patch->count; i++)
		if (taken[i])
			site_drop(&patch->sites[i]);
	sites_settle();
}

static int take_missing(struct kpatch *patch, bool *taken)
{
	size_t i;

	for (i = 0; i < patch->count; i++) {
		struct site *site;

		if (patch->sites[i] || !patch->targets[i].address)
			continue;
		site = take_site(patch, i);
		if (IS_ERR(site))
			return PTR_ERR(site);
		patch->sites[i] = site;
		taken[i] = true;
	}
	return 0;
}

int patch_take_sites(struct kpatch *patch)
{
	bool *taken = may_fail(kvcalloc(patch->count + 1, sizeof(*taken), GFP_KERNEL), NULL);
	int err;

	if (!taken)
		return -ENOMEM;
	err = take_missing(patch, taken);
	if (!err) {
		err = sites_arm(patch->sites, patch->count);
		if (err == -EBUSY)
			tell_owned(patch, 0, patch->count);
		else if (err)
			patch_err(patch->description,
				  "ftrace cannot redirect its functions (%d) [ftrace]\n", err);
	}
	if (err)
		put_taken(patch, taken);
	kvfree(taken);
	return err;
}

int patch_enable(struct kpatch *patch)
{
	struct module *mod = patch->description->mod;
	int err;

	if (patch->state == PATCH_UNPATCHING) {
		operations_cancel(patch);
		return 0;
	}
	if (patch->refused || patch->state != PATCH_DISABLED ||
	    !may_fail(try_module_get(mod), false))
		return -EBUSY;
	err = targets_find(patch) ?: patch_take_sites(patch);
	if (err) {
		targets_forget(patch);
		module_put(mod);
		return err;
	}
	patch->state = PATCH_PATCHING;
	operations_add(patch);
	return 0;
}

bool patch_same_function(const struct kpatch *patch, size_t i, const struct kpatch *other, size_t j)
{
	const struct kpatch_func_record *a = &patch->description->funcs[i];
	const struct kpatch_func_record *b = &other->description->funcs[j];

	if (patch->sites[i] || other->sites[j])
		return patch->sites[i] == other->sites[j];
	return a->sympos == b->sympos && !strcmp(a->old_name, b->old_name) &&
	       !strcmp(a->object, b->object);
}

const struct kpatch *patch_on_top_of(const struct kpatch *patch)
{
	const struct kpatch *other = patch;
	size_t i, j;

	list_for_each_entry_continue (other, &kpatch_enabled, enabled)
		for (i = 0; i < other->count; i++)
			for (j = 0; j < patch->count; j++)
				if (patch_same_function(other, i, patch, j))
					return other;
	return NULL;
}

int patch_disable(struct kpatch *patch)
{
	const struct kpatch *other;

	if (patch->state == PATCH_PATCHING) {
		operations_cancel(patch);
		return 0;
	}
	if (patch->state != PATCH_ENABLED)
		return -EBUSY;
	other = patch_on_top_of(patch);
	if (other) {
		patch_err(patch->description,
			  "%s replaces functions of it and was loaded later; unload that first "
			  "[not-on-top]\n",
			  other->description->mod->name);
		return -EBUSY;
	}
	patch->state = PATCH_UNPATCHING;
	operations_add(patch);
	return 0;
}

static void patch_free(struct kpatch *patch)
{
	kvfree(patch->sites);
	kvfree(patch->targets);
	kfree(patch);
}

static struct kpatch *patch_alloc(struct kpatch_description *description, size_t count)
{
	struct kpatch *patch = may_fail(kzalloc(sizeof(*patch), GFP_KERNEL), NULL);

	if (!patch)
		return NULL;
	patch->sites = may_fail(kvcalloc(count + 1, sizeof(*patch->sites), GFP_KERNEL), NULL);
	patch->targets = may_fail(kvcalloc(count + 1, sizeof(*patch->targets), GFP_KERNEL), NULL);
	if (!patch->sites || !patch->targets) {
		patch_free(patch);
		return NULL;
	}
	patch->description = description;
	patch->count = count;
	INIT_LIST_HEAD(&patch->registered);
	INIT_LIST_HEAD(&patch->queued);
	INIT_LIST_HEAD(&patch->enabled);
	init_completion(&patch->released);
	return patch;
}

int kpatch_register(struct kpatch_description *description)
{
	size_t count = description->funcs_end - description->funcs;
	struct kpatch *patch;
	int err;

	err = check_description(description, count);
	if (err)
		return err;
	patch = patch_alloc(description, count);
	if (!patch)
		return -ENOMEM;
	mutex_lock(&kpatch_lock);
	err = show_add(patch) ?: may_fail(0, -ENOMEM);
	if (!err) {
		err = patch_enable(patch);
		patch->refused = err;
	}
	if (!err)
		list_add_tail(&patch->registered, &kpatch_registered);
	mutex_unlock(&kpatch_lock);
	if (err) {
		/* Without the lock: who writes to a file of it waits for that. */
		show_remove(patch);
		patch_free(patch);
		return err;
	}
	description->core = patch;
	return 0;
}
EXPORT_SYMBOL_GPL(kpatch_register);

void kpatch_unregister(struct kpatch_description *description)
{
	struct kpatch *patch = description->core;

	if (!patch)
		return;
	description->core = NULL;
	show_remove(patch);
	/* The thread has put the module's last reference with the lock held. */
	mutex_lock(&kpatch_lock);
	WARN_ON(patch->state != PATCH_DISABLED);
	list_del(&patch->registered);
	mutex_unlock(&kpatch_lock);
	patch_free(patch);
}
EXPORT_SYMBOL_GPL(kpatch_unregister);
