// SPDX-License-Identifier: GPL-2.0-only
/* What happens to the livepatches that a new one replaces. */
#include <string.h>

#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/module.h"
#include "kpatch/replace.h"

static void announce_one(const char *name, const char *old)
{
	/* kernel/livepatch/core.c: klp_unpatch_replaced_patches() calls no callbacks. */
	if (module_has_unpatch_callbacks(old))
		warning("callbacks-not-run",
			"%s replaces %s, whose unpatch callbacks will not run: only the callbacks "
			"of "
			"%s do, and they must take over what %s set up",
			name, old, name, old);
	else
		note("%s replaces %s: only the callbacks of %s run, never the unpatch callbacks of "
		     "%s",
		     name, old, name, old);
}

void replace_announce(const struct modfile *file, const struct names *others)
{
	const char *replace = modfile_info(file, "kpatch_replace", NULL);

	if (!replace || strcmp(replace, "1") != 0)
		return;
	for (size_t i = 0; i < others->count; i++)
		if (livepatch_state(others->items[i]) == LIVEPATCH_ENABLED)
			announce_one(file->name, others->items[i]);
}

static void remove_one(const char *name)
{
	int err;

	if (!module_is_ours(name)) {
		note("%s was replaced; its module, not made by kpatch-build, stays loaded and "
		     "unused",
		     name);
		return;
	}
	err = module_remove(name);
	if (err)
		module_explain_remove(name, err);
	else
		note("%s was replaced; its module is removed", name);
}

void replace_remove_replaced(const struct names *others)
{
	for (size_t i = 0; i < others->count; i++) {
		enum livepatch_state state = livepatch_state(others->items[i]);

		if ((state == LIVEPATCH_ABSENT || state == LIVEPATCH_DISABLED) &&
		    module_is_loaded(others->items[i]))
			remove_one(others->items[i]);
	}
}
