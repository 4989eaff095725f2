// SPDX-License-Identifier: GPL-2.0-only
/* What /sys/kernel/livepatch tells. */
#include <stdlib.h>
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/livepatch.h"

struct names livepatch_names(void)
{
	return directory_names("%s", LIVEPATCH_DIR);
}

enum livepatch_state livepatch_state(const char *name)
{
	_cleanup_free_ char *enabled = read_line("%s/%s/enabled", LIVEPATCH_DIR, name);
	_cleanup_free_ char *transition = read_line("%s/%s/transition", LIVEPATCH_DIR, name);

	/* It may have gone between the two. */
	if (!enabled || !transition)
		return LIVEPATCH_ABSENT;
	if (strcmp(transition, "1") == 0)
		return strcmp(enabled, "1") == 0 ? LIVEPATCH_PATCHING : LIVEPATCH_UNPATCHING;
	return strcmp(enabled, "1") == 0 ? LIVEPATCH_ENABLED : LIVEPATCH_DISABLED;
}

const char *livepatch_state_text(enum livepatch_state state)
{
	switch (state) {
	case LIVEPATCH_ABSENT:
		return "not enabled";
	case LIVEPATCH_DISABLED:
		return "disabled";
	case LIVEPATCH_ENABLED:
		return "enabled";
	case LIVEPATCH_PATCHING:
		return "in transition to patched";
	case LIVEPATCH_UNPATCHING:
		return "in transition to unpatched";
	}
	return "unknown";
}

const char *livepatch_state_word(enum livepatch_state state)
{
	switch (state) {
	case LIVEPATCH_ABSENT:
		return "absent";
	case LIVEPATCH_DISABLED:
		return "disabled";
	case LIVEPATCH_ENABLED:
		return "enabled";
	case LIVEPATCH_PATCHING:
		return "patching";
	case LIVEPATCH_UNPATCHING:
		return "unpatching";
	}
	return "unknown";
}

bool livepatch_in_transition(enum livepatch_state state)
{
	return state == LIVEPATCH_PATCHING || state == LIVEPATCH_UNPATCHING;
}

char *livepatch_find_transition(void)
{
	_cleanup_(names_free) struct names names = livepatch_names();

	for (size_t i = 0; i < names.count; i++)
		if (livepatch_in_transition(livepatch_state(names.items[i])))
			return print_string("%s", names.items[i]);
	return NULL;
}

enum livepatch_replace livepatch_replace(const char *name)
{
	_cleanup_free_ char *replace = read_line("%s/%s/replace", LIVEPATCH_DIR, name);

	if (!replace)
		return REPLACE_UNKNOWN;
	return strcmp(replace, "1") == 0 ? REPLACE_YES : REPLACE_NO;
}

static void add_object(struct functions *functions, const char *patch, const char *object)
{
	_cleanup_(names_free) struct names entries =
		directory_names("%s/%s/%s", LIVEPATCH_DIR, patch, object);

	for (size_t i = 0; i < entries.count; i++) {
		char *comma = strrchr(entries.items[i], ',');

		/* Other entries are attributes of the object. */
		if (!comma)
			continue;
		*comma = '\0';
		functions_add(functions, object, entries.items[i], strtoull(comma + 1, NULL, 10));
	}
}

struct functions livepatch_functions(const char *name)
{
	_cleanup_(names_free) struct names objects = directory_names("%s/%s", LIVEPATCH_DIR, name);
	struct functions functions = { 0 };

	for (size_t i = 0; i < objects.count; i++)
		add_object(&functions, name, objects.items[i]);
	return functions;
}

int livepatch_set_enabled(const char *name, bool enabled)
{
	_cleanup_free_ char *path = print_string("%s/%s/enabled", LIVEPATCH_DIR, name);

	return write_text(path, enabled ? "1" : "0");
}

int livepatch_force(const char *name)
{
	_cleanup_free_ char *path = print_string("%s/%s/force", LIVEPATCH_DIR, name);

	return write_text(path, "1");
}
