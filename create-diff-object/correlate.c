// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who is whose twin. Names pair what the compiler does not number; numbered clones
 * of functions pair by code where there are several (correlate-clones.c); numbered
 * variables pair by who uses them, since their number depends on everything before them
 * in the file (correlate-statics.c), and by what stands beside them (correlate-beside.c).
 *
 * What stays without a twin is treated as new, which is safe for code. For
 * variables check-statics.c refuses where state could be lost.
 */
#include "arch/arch.h"
#include "correlate.h"
#include "kinds.h"
#include "names.h"
#include "passes.h"
#include "util.h"

#include <stdlib.h>

void pair_symbols(struct diff *diff, uint32_t orig, uint32_t patched)
{
	diff->orig.symbols[orig].twin = patched;
	diff->patched.symbols[patched].twin = orig;
}

bool same_code(const struct section *a, const struct section *b)
{
	return a->data && b->data && a->size == b->size && a->nr_relas == b->nr_relas &&
	       !memcmp(a->data, b->data, a->size);
}

/* And not another name of its place, such as that of the list. */
static bool is_btf_id_itself(const struct object *obj, const struct symbol *sym)
{
	const struct section *sec = &obj->sections[sym->section];

	return is_btf_entry(obj, sec) && sec->symbol == symbol_index(obj, sym);
}

static bool can_pair(const struct object *obj, const struct symbol *sym)
{
	if (!sym->section || !*sym->name || is_btf_id_itself(obj, sym))
		return false;
	switch (obj->sections[sym->section].kind) {
	case KIND_IGNORED:
	case KIND_STRINGS:
	case KIND_CONSTANTS:
	case KIND_TABLE:
	case KIND_SNIPPET:
		return false;
	default:
		break;
	}
	return sym->type == STT_FUNC || sym->type == STT_OBJECT || sym->type == STT_NOTYPE;
}

static int by_base(const void *a, const void *b, void *arg)
{
	const struct object *obj = arg;
	uint32_t ia = *(const uint32_t *)a, ib = *(const uint32_t *)b;
	const struct symbol *sa = &obj->symbols[ia], *sb = &obj->symbols[ib];
	int cmp = compare_bases(sa->name, sb->name);

	if (!cmp)
		cmp = strcmp(sa->name, sb->name);
	return cmp ? cmp : ia < ib ? -1 : ia > ib;
}

static uint32_t *sorted_symbols(struct object *obj, size_t *nr)
{
	uint32_t *list = xcalloc(obj->nr_symbols, sizeof(*list));
	struct symbol *sym;

	*nr = 0;
	for_each_symbol (obj, sym) {
		if (can_pair(obj, sym))
			list[(*nr)++] = symbol_index(obj, sym);
	}
	qsort_r(list, *nr, sizeof(*list), by_base, obj);
	return list;
}

static const char *symbol_name(const struct object *obj, uint32_t symbol)
{
	return obj->symbols[symbol].name;
}

static size_t group_length(const struct object *obj, const uint32_t *list, size_t nr)
{
	size_t n = 1;

	while (n < nr && !compare_bases(symbol_name(obj, list[0]), symbol_name(obj, list[n])))
		n++;
	return n;
}

static void find_groups(struct diff *diff, struct groups *groups)
{
	struct object *orig = &diff->orig, *patched = &diff->patched;
	size_t na, nb, i = 0, j = 0;
	uint32_t *a = sorted_symbols(orig, &na), *b = sorted_symbols(patched, &nb);

	*groups = (struct groups){ .orig = a, .patched = b };
	while (i < na && j < nb) {
		int cmp = compare_bases(symbol_name(orig, a[i]), symbol_name(patched, b[j]));
		struct group ga = { a + i, group_length(orig, a + i, na - i) };
		struct group gb = { b + j, group_length(patched, b + j, nb - j) };

		if (!cmp) {
			grow(groups->pair, groups->nr, groups->max);
			groups->pair[groups->nr++] = (struct group_pair){ ga, gb };
		}
		if (cmp <= 0)
			i += ga.nr;
		if (cmp >= 0)
			j += gb.nr;
	}
}

static void free_groups(struct groups *groups)
{
	free(groups->pair);
	free(groups->orig);
	free(groups->patched);
}

/*
 * A static local as clang names it, with its function and without a number, is the
 * only one of that name in the function, unless there are numbered ones on either side.
 */
static bool is_named(const struct group_pair *pair, const struct symbol *sym)
{
	if (is_numbered(sym->name))
		return false;
	return !is_static_local(sym) || (pair->orig.nr == 1 && pair->patched.nr == 1);
}

/* Both groups are in the order of names. */
static void pair_named(struct diff *diff, const struct group_pair *pair)
{
	size_t i = 0, j = 0;

	while (i < pair->orig.nr && j < pair->patched.nr) {
		struct symbol *a = &diff->orig.symbols[pair->orig.symbols[i]];
		struct symbol *b = &diff->patched.symbols[pair->patched.symbols[j]];
		int cmp = strcmp(a->name, b->name);

		if (!cmp && is_named(pair, a) && a->type == b->type)
			pair_symbols(diff, pair->orig.symbols[i], pair->patched.symbols[j]);
		i += cmp <= 0;
		j += cmp >= 0;
	}
}

/* What a macro names with __UNIQUE_ID() has no other user that could tell it apart. */
static bool is_alone(const struct object *obj, const struct group *group)
{
	const struct symbol *sym = &obj->symbols[group->symbols[0]];

	return group->nr == 1 && !sym->twin && sym->type == STT_OBJECT &&
	       has_prefix(sym->name, UNIQUE_ID) && can_have_twin(obj, &obj->sections[sym->section]);
}

static void pair_unique_ids(struct diff *diff, const struct group_pair *pair)
{
	if (is_alone(&diff->orig, &pair->orig) && is_alone(&diff->patched, &pair->patched))
		pair_symbols(diff, pair->orig.symbols[0], pair->patched.symbols[0]);
}

static void pair_all_symbols(struct diff *diff)
{
	struct groups groups;
	size_t i;

	find_groups(diff, &groups);
	for (i = 0; i < groups.nr; i++) {
		pair_named(diff, &groups.pair[i]);
		pair_clones(diff, &groups.pair[i]);
	}
	pair_statics(diff);
	for (i = 0; i < groups.nr; i++)
		pair_unique_ids(diff, &groups.pair[i]);
	pair_btf_ids(diff);
	pair_line_names(diff);
	free_groups(&groups);
}

void pair_sections(struct diff *diff, uint32_t orig, uint32_t patched)
{
	if (diff->orig.sections[orig].twin || diff->patched.sections[patched].twin)
		return;
	diff->orig.sections[orig].twin = patched;
	diff->patched.sections[patched].twin = orig;
}

bool is_nameless(const struct section *sec)
{
	size_t i;

	if (sec->symbol || sec->split || sec->kind == KIND_IGNORED || sec->kind == KIND_TABLE ||
	    sec->kind == KIND_STRINGS || sec->kind == KIND_CONSTANTS || sec->kind == KIND_SNIPPET ||
	    is_sanitizer_data(sec))
		return false;
	/* zeros of a special section may be filled by the kernel's build (.BTF_ids) */
	if (sec->nr_relas || (is_special(sec) && sec->size))
		return true;
	if (sec->kind == KIND_TEXT)
		return sec->data && !arch_x86_64.is_padding(sec->data, sec->size);
	for (i = 0; sec->data && i < sec->size; i++) {
		if (sec->data[i])
			return true;
	}
	return false;
}

/* Data without a symbol pairs by section and order; a wrong pair shows as a change. */
static void pair_nameless(struct diff *diff)
{
	struct object *orig = &diff->orig;
	uint32_t *next = xcalloc(orig->nr_sections, sizeof(*next)), i, *first;
	struct names names = { 0 };
	struct section *sec;

	/* backwards, so that the lists are in the order of the file */
	for (i = (uint32_t)orig->nr_sections - 1; i; i--) {
		if (orig->sections[i].twin || !is_nameless(&orig->sections[i]))
			continue;
		first = names_value(&names, orig->sections[i].name);
		next[i] = *first;
		*first = i;
	}
	for_each_section (&diff->patched, sec) {
		if (sec->twin || !is_nameless(sec) ||
		    !names_find(&names, sec->name, strlen(sec->name)))
			continue;
		first = names_value(&names, sec->name);
		if (!*first)
			continue;
		pair_sections(diff, *first, section_index(&diff->patched, sec));
		*first = next[*first];
	}
	names_free(&names);
	free(next);
}

/* The name of a list of BTF ids says nothing of the first one. */
static bool is_entry(const struct object *obj, const struct symbol *sym)
{
	const struct section *sec = &obj->sections[sym->section];

	return sym->value == entry_offset(obj, sec) &&
	       (!is_btf_entry(obj, sec) || is_btf_id_itself(obj, sym));
}

void correlate(struct diff *diff)
{
	struct symbol *sym;

	pair_all_symbols(diff);
	for_each_symbol (&diff->patched, sym) {
		if (sym->twin && is_entry(&diff->patched, sym) &&
		    is_entry(&diff->orig, &diff->orig.symbols[sym->twin]))
			pair_sections(diff, diff->orig.symbols[sym->twin].section, sym->section);
	}
	pair_nameless(diff);
	pair_statics_beside(diff);
}
