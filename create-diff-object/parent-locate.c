// SPDX-License-Identifier: GPL-2.0-only
/* Where in the parent the local symbols are that came from one object. */
#include "kinds.h"
#include "parent-reader.h"
#include "util.h"

#include <stdlib.h>

static bool is_apart(const struct parent *parent, const struct section *sec)
{
	/* the link of a module drops these (scripts/module.lds.S, Linux 6.1) */
	if (!parent->is_vmlinux && has_prefix(sec->name, ".discard"))
		return true;
	return (parent->is_vmlinux || !parent->is_text) && is_apart_kind(sec->kind);
}

static bool is_dropped(const struct parent *parent, const struct symbol *sym)
{
	return parent->is_vmlinux && is_build_name(sym->name);
}

/*
 * Local functions and variables of the original, in the order of its symbol table; not
 * those of init and exit sections, which the kernel may leave out. Where the parent is a
 * module as text, its sections are not known, and all that are linked are taken.
 */
static const char **local_names(const struct parent *parent, const struct object *orig, size_t *nr)
{
	const char **names = xcalloc(orig->nr_symbols, sizeof(*names));
	const struct symbol *sym;

	*nr = 0;
	for_each_symbol (orig, sym) {
		const struct section *sec = &orig->sections[sym->section];

		if (sym->bind != STB_LOCAL || !sym->section || !sym->size ||
		    (sym->type != STT_FUNC && sym->type != STT_OBJECT))
			continue;
		if (!is_apart(parent, sec) && !is_dropped(parent, sym))
			names[(*nr)++] = sym->name;
	}
	return names;
}

static bool is_local_item(const struct parent_symbol *sym)
{
	return sym->bind == STB_LOCAL && sym->size && !sym->apart &&
	       (sym->type == STT_FUNC || sym->type == STT_OBJECT);
}

/* Whether each of @names is a local symbol in the group. */
static bool group_has_all(const struct parent *parent, const struct file_group *group,
			  const char **names, size_t nr)
{
	struct names seen = { 0 };
	const struct parent_symbol *sym;
	bool all = true;
	size_t i;

	for (sym = parent_next(parent, NULL); sym; sym = parent_next(parent, sym)) {
		if (sym->order >= group->first && sym->order < group->end && is_local_item(sym))
			*names_value(&seen, sym->name) = 1;
	}
	for (i = 0; i < nr && all; i++)
		all = names_find(&seen, names[i], strlen(names[i]));
	names_free(&seen);
	return all;
}

/* Returns how many groups of the file's name match; the last of them is taken. */
static size_t locate_by_file(struct parent *parent, const char **names, size_t nr)
{
	size_t i, found = 0;

	for (i = 0; i < parent->nr_groups; i++) {
		if (!group_has_all(parent, &parent->groups[i], names, nr))
			continue;
		parent->first = parent->groups[i].first;
		parent->last = parent->groups[i].end;
		found++;
	}
	return found;
}

/* The place behind the row of @names that starts at @sym, or 0. */
static uint32_t end_of_row(const struct parent *parent, const struct parent_symbol *sym,
			   const char **names, size_t nr)
{
	uint32_t end = 0;
	size_t n = 0;

	for (; n < nr && sym && sym->bind == STB_LOCAL; sym = parent_next(parent, sym)) {
		end = sym->order + 1;
		if (is_local_item(sym) && strcmp(sym->name, names[n++]))
			return 0;
	}
	return n == nr ? end : 0;
}

static size_t locate_by_row(struct parent *parent, const char **names, size_t nr)
{
	const struct parent_symbol *sym;
	size_t found = 0;

	for (sym = parent_next(parent, NULL); sym; sym = parent_next(parent, sym)) {
		uint32_t end = is_local_item(sym) ? end_of_row(parent, sym, names, nr) : 0;

		if (!end)
			continue;
		parent->first = sym->order;
		parent->last = end;
		found++;
	}
	return found;
}

void parent_locate(struct parent *parent, const struct object *orig)
{
	size_t nr, found;
	const char **names = local_names(parent, orig, &nr);

	if (!nr)
		found = 0;
	else if (parent->has_files)
		found = locate_by_file(parent, names, nr);
	else
		found = locate_by_row(parent, names, nr);
	if (found != 1)
		parent->last = 0;
	parent->unlike = nr && !found;
	free(names);
}
