// SPDX-License-Identifier: GPL-2.0-only
#include <linux/livepatch.h>

#include "hooks.h"

/* What kpatch-macros.h calls patch_object: the name is NULL for the kernel itself. */
#if IS_ENABLED(CONFIG_LIVEPATCH)
static struct klp_object kernel_object;
#else
static struct {
	const char *name;
} kernel_object;
#endif

static bool can_refuse(enum kpatch_hook kind, bool unpatch)
{
	return kind == KPATCH_HOOK_CHECK || (kind == KPATCH_HOOK_PRE && !unpatch);
}

int hooks_call(const struct kpatch_hooks *hooks, enum kpatch_hook kind, bool unpatch)
{
	const struct kpatch_callback_record *record;

	for (record = hooks->begin[kind]; record < hooks->end[kind]; record++) {
		if (can_refuse(kind, unpatch)) {
			int (*refusing)(struct klp_object * object) = record->fn;
			int err = refusing((void *)&kernel_object);

			if (err)
				return err;
		} else {
			void (*plain)(struct klp_object * object) = record->fn;

			plain((void *)&kernel_object);
		}
	}
	return 0;
}
