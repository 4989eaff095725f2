// SPDX-License-Identifier: GPL-2.0-only
/*
 * What came of an operation, in words: in sysfs, and for one that came to nothing in the kernel
 * log, which is all that a plain insmod leaves to be read.
 */
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "outcome.h"

/* A check that finds its data in use is no refusal: it was asked again until the time was over. */
static bool refused_by_hook(const struct kpatch *patch)
{
	return patch->refused_by != KPATCH_HOOKS &&
	       !(patch->refused_by == KPATCH_HOOK_CHECK && patch->result == -EBUSY);
}

/* As kpatch-macros.h names them. */
static const char *hook_name(const struct kpatch *patch)
{
	if (patch->refused_by == KPATCH_HOOK_PRE)
		return "pre_patch";
	return patch->unpatch ? "check_unpatch" : "check_patch";
}

int outcome_emit(const struct kpatch *patch, char *buffer)
{
	if (patch->state == PATCH_PATCHING || patch->state == PATCH_UNPATCHING)
		return sysfs_emit(buffer, "pending\n");
	if (patch->result && refused_by_hook(patch))
		return sysfs_emit(buffer, "refused by %s: %d\n", hook_name(patch), patch->result);
	switch (patch->result) {
	case 0:
		return sysfs_emit(buffer, "ok\n");
	case -EBUSY:
		return sysfs_emit(buffer, "busy\n");
	case -ECANCELED:
		return sysfs_emit(buffer, "cancelled\n");
	case -EEXIST:
		return sysfs_emit(buffer, "not on top\n");
	default:
		return sysfs_emit(buffer, "error %d\n", -patch->result);
	}
}

#define tell(patch, fmt, ...)                                                      \
	pr_err("kpatch: error: %s: not %s: " fmt, (patch)->description->mod->name, \
	       (patch)->unpatch ? "unpatched" : "patched", ##__VA_ARGS__)

static void tell_busy(const struct kpatch *patch)
{
	const struct blocker *first = &patch->stacks.blockers[0];
	int length = strnlen(first->comm, sizeof(first->comm));

	if (!patch->stacks.blocking)
		tell(patch,
		     "its %s callback found the data in use, at the last of %u attempts "
		     "[busy]\n",
		     hook_name(patch), patch->attempts);
	else if (!*first->function)
		tell(patch,
		     "the stack of task %d (%*pE) could not be read to its end at the last of %u "
		     "attempts (tasks in the way: %u) [busy]\n",
		     first->pid, length, first->comm, patch->attempts, patch->stacks.blocking);
	else
		tell(patch,
		     "task %d (%*pE) was in %s() at the last of %u attempts (tasks in the way: %u) "
		     "[busy]\n",
		     first->pid, length, first->comm, first->function, patch->attempts,
		     patch->stacks.blocking);
}

void outcome_tell(const struct kpatch *patch)
{
	if (!patch->result || patch->result == -ECANCELED)
		return;
	if (refused_by_hook(patch))
		tell(patch, "its own %s callback refuses (%d) [refused]\n", hook_name(patch),
		     patch->result);
	else if (patch->result == -EBUSY)
		tell_busy(patch);
	else if (patch->result == -EEXIST)
		tell(patch, "a later patch replaces functions of it; unload that first "
			    "[not-on-top]\n");
	else
		tell(patch, "error %d [refused]\n", patch->result);
}
