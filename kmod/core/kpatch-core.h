/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a patch module and the core module (kpatch.ko) tell each other: the whole of their
 * interface. doc/core-module.md describes it.
 */
#ifndef KPATCH_CORE_H
#define KPATCH_CORE_H

#include <linux/module.h>
#include <linux/types.h>

#include "kpatch-info.h"

/* Goes up when the layouts below or those of the records change. */
#define KPATCH_CORE_ABI 5

/* When a callback is called, in the order of an operation. */
enum kpatch_hook {
	KPATCH_HOOK_PRE, /* before the first attempt; may sleep */
	KPATCH_HOOK_CHECK, /* machine stopped, no task is in the way; an error code refuses */
	KPATCH_HOOK_APPLY, /* machine stopped: convert data, the switch follows */
	KPATCH_HOOK_POST, /* after the switch; may sleep */
	KPATCH_HOOK_FAIL, /* instead of that when nothing came of it; may sleep */
	KPATCH_HOOKS
};

struct kpatch_hooks {
	const struct kpatch_callback_record *begin[KPATCH_HOOKS], *end[KPATCH_HOOKS];
};

struct kpatch;

/*
 * A patch, as its module describes it. It belongs to the module and lives as long; all
 * arrays stay where they are until kpatch_unregister() has returned.
 */
struct kpatch_description {
	u32 abi; /* KPATCH_CORE_ABI */
	struct module *mod;
	const volatile struct kpatch_info *info;
	const struct kpatch_func_record *funcs, *funcs_end;
	/* One for each of funcs, in their order, and after these what else must not be active. */
	const struct kpatch_place_record *places, *places_end;
	const struct kpatch_reloc_record *relocs; /* against symbols of modules; the last is zero */
	const struct kpatch_module_record *modules; /* their builds; the last is zero */
	struct kpatch_hooks patch, unpatch;
	struct kpatch *core; /* the core's own; NULL before and after */
};

/*
 * kpatch_register - take a patch over and begin to switch to it
 *
 * Called by the module's init. The functions are redirected as soon as no task is in them,
 * by a thread of the core: /sys/kernel/kpatch/NAME/state tells when. Returns 0, or an error code
 * and a line in the kernel log; nothing is left behind then.
 */
int kpatch_register(struct kpatch_description *description);

/*
 * kpatch_unregister - forget a patch that is not in effect
 *
 * Called by the module's exit, which the kernel runs only when the core has let go of the module.
 */
void kpatch_unregister(struct kpatch_description *description);

#endif /* KPATCH_CORE_H */
