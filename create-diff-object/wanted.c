// SPDX-License-Identifier: GPL-2.0-only
#include "wanted.h"
#include "parent.h"
#include "util.h"

#include <stdlib.h>

/* With a static call's trampoline its key is bound as well (add_static_call_key()). */
static void want(struct wanted *wanted, const char *name)
{
	*names_value(&wanted->names, name) = 1;
	if (!has_prefix(name, "__SCT__"))
		return;
	grow(wanted->owned, wanted->nr_owned, wanted->max_owned);
	wanted->owned[wanted->nr_owned] = xasprintf("__SCK__%s", name + strlen("__SCT__"));
	*names_value(&wanted->names, wanted->owned[wanted->nr_owned++]) = 1;
}

static void want_names(struct wanted *wanted, const struct object *obj)
{
	const struct symbol *sym;

	for_each_symbol (obj, sym) {
		if (*sym->name && sym->type != STT_SECTION)
			want(wanted, sym->name);
	}
}

void find_wanted(struct wanted *wanted, const struct object *orig, const struct object *patched)
{
	memset(wanted, 0, sizeof(*wanted));
	want(wanted, "_text"); /* from which literals are counted */
	want(wanted, PARENT_INIT_TEXT);
	want(wanted, PARENT_INIT_DATA);
	want(wanted, PARENT_SEALED_START);
	want(wanted, PARENT_SEALED_END);
	want(wanted, PARENT_SEALS_KEYS);
	want_names(wanted, orig);
	want_names(wanted, patched);
}

void free_wanted(struct wanted *wanted)
{
	size_t i;

	for (i = 0; i < wanted->nr_owned; i++)
		free(wanted->owned[i]);
	free(wanted->owned);
	names_free(&wanted->names);
}

bool is_wanted(const struct wanted *wanted, const char *name, size_t length)
{
	return !wanted || names_find(&wanted->names, name, length);
}
