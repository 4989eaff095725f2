// SPDX-License-Identifier: GPL-2.0-only
/* What happens to the livepatches that a new one replaces. */
#include <string.h>

#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/module.h"
#include "kpatch/outlives.h"
#include "kpatch/replace.h"

static void announce_one(const char *name, const char *old)
{
	/* kernel/livepatch/core.c: klp_unpatch_replaced_patches() calls no callbacks. */
	if (module_has_unpatch_callbacks(old))
		warning("callbacks-not-run",
			"%s replaces %s, whose unpatch callbacks will not run: only the callbacks "
			"of %s do, and they must take over what %s set up",
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

void replace_tell_stays(const char *name)
{
	_cleanup_(names_free) struct names names = outlives_names(name);
	_cleanup_free_ char *words = outlives_words(&names);

	if (names.count == 0)
		note("%s was replaced; its module stays loaded and unused, since data of the "
		     "kernel may still point to strings in it (kpatch unload %s removes it)",
		     name, name);
	else
		note("%s was replaced; its module stays loaded, and has to: a timer, a work, a "
		     "thread or an open file may have kept the addresses of %s in it",
		     name, words);
}

void replace_tell_replaced(const struct names *others)
{
	for (size_t i = 0; i < others->count; i++) {
		enum livepatch_state state = livepatch_state(others->items[i]);

		if ((state == LIVEPATCH_ABSENT || state == LIVEPATCH_DISABLED) &&
		    module_is_loaded(others->items[i]))
			replace_tell_stays(others->items[i]);
	}
}
