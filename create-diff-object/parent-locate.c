// SPDX-License-Identifier: GPL-2.0-only
/* Where in the parent the local symbols are that came from one object. */
#include "kinds.h"
#include "parent-reader.h"
#include "util.h"

#include <stdlib.h>

static bool is_apart(const struct parent *parent, const struct section *sec)
{
	/* the link drops these (scripts/module.lds.S; DISCARDS of vmlinux.lds.h, Linux 6.1) */
	if (has_prefix(sec->name, ".discard"))
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

/* Gives each of @names a number from 1 on; returns how many different ones there are. */
static uint32_t number_names(struct names *numbers, const char **names, size_t nr)
{
	uint32_t last = 0, *number;
	size_t i;

	for (i = 0; i < nr; i++) {
		number = names_value(numbers, names[i]);
		if (!*number)
			*number = ++last;
	}
	return last;
}

/* How many of the names each group has as a local symbol; owned by the caller. */
static uint32_t *count_names(const struct parent *parent, const struct names *numbers, uint32_t nr)
{
	uint32_t *counts = xcalloc(parent->nr_groups + 1, sizeof(*counts));
	size_t *seen = xcalloc((size_t)nr + 1, sizeof(*seen)), g = 0;
	const struct parent_symbol *sym;
	const uint32_t *number;

	for (sym = parent_next(parent, NULL); sym; sym = parent_next(parent, sym)) {
		while (g < parent->nr_groups && sym->order >= parent->groups[g].end)
			g++;
		if (g == parent->nr_groups)
			break;
		if (sym->order < parent->groups[g].first || !is_local_item(sym))
			continue;
		number = names_find(numbers, sym->name, strlen(sym->name));
		if (number && seen[*number] != g + 1) {
			seen[*number] = g + 1;
			counts[g]++;
		}
	}
	free(seen);
	return counts;
}

/* Returns how many groups have all of the names; the last of them is taken. */
static size_t locate_by_file(struct parent *parent, const char **names, size_t nr)
{
	struct names numbers = { 0 };
	uint32_t different = number_names(&numbers, names, nr);
	uint32_t *counts = count_names(parent, &numbers, different);
	size_t i, found = 0;

	for (i = 0; i < parent->nr_groups; i++) {
		if (counts[i] != different)
			continue;
		parent->first = parent->groups[i].first;
		parent->last = parent->groups[i].end;
		found++;
	}
	names_free(&numbers);
	free(counts);
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
