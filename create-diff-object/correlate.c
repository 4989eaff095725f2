// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who is whose twin. Names pair what the compiler does not number; numbered clones
 * of functions pair by code where there are several; numbered variables pair by who
 * uses them, since their number depends on everything before them in the file.
 *
 * What stays without a twin is treated as new, which is safe for code. For
 * variables check.c refuses where state could be lost.
 */
#include "kinds.h"
#include "passes.h"
#include "util.h"

#include <stdlib.h>

/* Symbols of one object that have the same name but for numbers. */
struct group {
	uint32_t *symbols;
	size_t nr;
};

/* One use of a numbered variable, by a function or variable of this name. */
struct use {
	uint32_t symbol;
	const char *user;
	size_t length;
};

struct uses {
	struct use *use;
	size_t nr, max;
};

struct correlation {
	struct diff *diff;
	struct uses orig;
	struct uses patched;
};

static void pair_symbols(struct diff *diff, uint32_t orig, uint32_t patched)
{
	struct symbol *a = &diff->orig.symbols[orig], *b = &diff->patched.symbols[patched];

	a->twin = patched;
	b->twin = orig;
}

static bool can_pair(const struct object *obj, const struct symbol *sym)
{
	if (!sym->section || !*sym->name)
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
	const struct symbol *sa = &obj->symbols[*(const uint32_t *)a];
	const struct symbol *sb = &obj->symbols[*(const uint32_t *)b];
	int cmp = compare_bases(sa->name, sb->name);

	return cmp ? cmp : strcmp(sa->name, sb->name);
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

static struct section *symbol_section(const struct object *obj, uint32_t symbol)
{
	return &obj->sections[obj->symbols[symbol].section];
}

/* Cheap and stricter than compare(): a clone that has not changed at all. */
static bool same_code(const struct diff *diff, uint32_t orig, uint32_t patched)
{
	const struct section *a = symbol_section(&diff->orig, orig);
	const struct section *b = symbol_section(&diff->patched, patched);

	return a->data && b->data && a->size == b->size && a->nr_relas == b->nr_relas &&
	       !memcmp(a->data, b->data, a->size);
}

static bool used_by(const struct uses *uses, uint32_t symbol, const struct use *by)
{
	size_t i;

	for (i = 0; i < uses->nr; i++) {
		const struct use *use = &uses->use[i];

		if (use->symbol == symbol && use->length == by->length &&
		    !memcmp(use->user, by->user, by->length))
			return true;
	}
	return false;
}

static bool share_user(const struct correlation *c, uint32_t orig, uint32_t patched)
{
	size_t i;

	for (i = 0; i < c->orig.nr; i++) {
		if (c->orig.use[i].symbol == orig && used_by(&c->patched, patched, &c->orig.use[i]))
			return true;
	}
	return false;
}

static bool same_variable(const struct correlation *c, uint32_t orig, uint32_t patched)
{
	const struct symbol *a = &c->diff->orig.symbols[orig];
	const struct symbol *b = &c->diff->patched.symbols[patched];

	return a->size == b->size &&
	       symbol_section(&c->diff->orig, orig)->kind ==
		       symbol_section(&c->diff->patched, patched)->kind &&
	       share_user(c, orig, patched);
}

static bool may_pair(const struct correlation *c, uint32_t orig, uint32_t patched)
{
	const struct symbol *a = &c->diff->orig.symbols[orig];
	const struct symbol *b = &c->diff->patched.symbols[patched];

	if (a->twin || b->twin || a->type != b->type)
		return false;
	if (a->type == STT_OBJECT)
		return same_variable(c, orig, patched);
	return same_code(c->diff, orig, patched);
}

/* The only partner that @symbol may pair with among @others, or 0. */
static uint32_t only_partner(const struct correlation *c, uint32_t symbol, bool is_orig,
			     const struct group *others)
{
	uint32_t found = 0;
	size_t i;

	for (i = 0; i < others->nr; i++) {
		uint32_t other = others->symbols[i];

		if (!(is_orig ? may_pair(c, symbol, other) : may_pair(c, other, symbol)))
			continue;
		if (found)
			return 0;
		found = other;
	}
	return found;
}

static void pair_numbered(struct correlation *c, const struct group *orig,
			  const struct group *patched)
{
	bool progress;
	size_t i;

	do {
		progress = false;
		for (i = 0; i < orig->nr; i++) {
			uint32_t a = orig->symbols[i], b;

			if (c->diff->orig.symbols[a].twin ||
			    !can_have_twin(&c->diff->orig, symbol_section(&c->diff->orig, a)))
				continue;
			b = only_partner(c, a, true, patched);
			if (b && only_partner(c, b, false, orig) == a) {
				pair_symbols(c->diff, a, b);
				progress = true;
			}
		}
	} while (progress);
}

/* What a macro names with __UNIQUE_ID() has no other user that could tell it apart. */
static bool pairs_alone(const struct object *obj, const struct symbol *sym)
{
	return sym->type == STT_FUNC || (has_prefix(sym->name, "__UNIQUE_ID_") &&
					 can_have_twin(obj, &obj->sections[sym->section]));
}

static uint32_t only_unpaired(const struct object *obj, const struct group *group)
{
	uint32_t found = 0;
	size_t i;

	for (i = 0; i < group->nr; i++) {
		const struct symbol *sym = &obj->symbols[group->symbols[i]];

		if (sym->twin || !pairs_alone(obj, sym))
			continue;
		if (found)
			return 0;
		found = group->symbols[i];
	}
	return found;
}

static void pair_named(struct diff *diff, const struct group *orig, const struct group *patched)
{
	size_t i, j;

	for (i = 0; i < orig->nr; i++) {
		struct symbol *a = &diff->orig.symbols[orig->symbols[i]];

		if (is_numbered(a->name))
			continue;
		for (j = 0; j < patched->nr; j++) {
			struct symbol *b = &diff->patched.symbols[patched->symbols[j]];

			if (!b->twin && a->type == b->type && !strcmp(a->name, b->name)) {
				pair_symbols(diff, orig->symbols[i], patched->symbols[j]);
				break;
			}
		}
	}
}

static void pair_group(struct correlation *c, const struct group *orig, const struct group *patched)
{
	uint32_t a, b;

	pair_named(c->diff, orig, patched);
	pair_numbered(c, orig, patched);
	a = only_unpaired(&c->diff->orig, orig);
	b = only_unpaired(&c->diff->patched, patched);
	if (a && b && c->diff->orig.symbols[a].type == c->diff->patched.symbols[b].type)
		pair_symbols(c->diff, a, b);
}

static size_t group_length(const struct object *obj, const uint32_t *list, size_t nr)
{
	size_t n = 1;

	while (n < nr && !compare_bases(symbol_name(obj, list[0]), symbol_name(obj, list[n])))
		n++;
	return n;
}

static void pair_all_symbols(struct correlation *c)
{
	struct object *orig = &c->diff->orig, *patched = &c->diff->patched;
	size_t na, nb, i = 0, j = 0;
	uint32_t *a = sorted_symbols(orig, &na), *b = sorted_symbols(patched, &nb);

	while (i < na && j < nb) {
		int cmp = compare_bases(symbol_name(orig, a[i]), symbol_name(patched, b[j]));
		struct group ga = { a + i, group_length(orig, a + i, na - i) };
		struct group gb = { b + j, group_length(patched, b + j, nb - j) };

		if (!cmp)
			pair_group(c, &ga, &gb);
		if (cmp <= 0)
			i += ga.nr;
		if (cmp >= 0)
			j += gb.nr;
	}
	free(a);
	free(b);
}

static void find_uses(const struct object *obj, struct uses *uses)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		const struct symbol *user = covering_symbol(obj, sec);

		if (!user || sec->split)
			continue;
		for_each_rela (sec, rela) {
			const struct section *target = &obj->sections[rela->target];
			const struct symbol *sym = covering_symbol(obj, target);
			struct use *use;

			if (!sym || sym->type != STT_OBJECT || !is_numbered(sym->name))
				continue;
			grow(uses->use, uses->nr, uses->max);
			use = &uses->use[uses->nr++];
			use->symbol = target->symbol;
			use->user = user->name;
			use->length = parent_length(&use->user);
		}
	}
}

static void pair_sections(struct diff *diff, uint32_t orig, uint32_t patched)
{
	if (diff->orig.sections[orig].twin || diff->patched.sections[patched].twin)
		return;
	diff->orig.sections[orig].twin = patched;
	diff->patched.sections[patched].twin = orig;
}

static bool is_nameless(const struct section *sec)
{
	size_t i;

	if (sec->symbol || sec->split || sec->kind == KIND_IGNORED || sec->kind == KIND_TABLE ||
	    sec->kind == KIND_STRINGS || sec->kind == KIND_CONSTANTS || sec->kind == KIND_SNIPPET)
		return false;
	/* zeros of a special section may be filled by the kernel's build (.BTF_ids) */
	if (sec->nr_relas || (is_special(sec) && sec->size))
		return true;
	for (i = 0; sec->data && i < sec->size; i++) {
		if (sec->data[i])
			return sec->kind != KIND_TEXT;
	}
	return false;
}

/* Data without a symbol pairs by section and order; a wrong pair shows as a change. */
static void pair_nameless(struct diff *diff)
{
	struct section *a, *b;

	for_each_section (&diff->patched, b) {
		if (!is_nameless(b))
			continue;
		for_each_section (&diff->orig, a) {
			if (!a->twin && is_nameless(a) && !strcmp(a->name, b->name)) {
				pair_sections(diff, section_index(&diff->orig, a),
					      section_index(&diff->patched, b));
				break;
			}
		}
	}
}

static bool is_entry(const struct object *obj, const struct symbol *sym)
{
	return sym->value == entry_offset(obj, &obj->sections[sym->section]);
}

void correlate(struct diff *diff)
{
	struct correlation c = { .diff = diff };
	struct symbol *sym;

	find_uses(&diff->orig, &c.orig);
	find_uses(&diff->patched, &c.patched);
	pair_all_symbols(&c);
	for_each_symbol (&diff->patched, sym) {
		if (sym->twin && is_entry(&diff->patched, sym) &&
		    is_entry(&diff->orig, &diff->orig.symbols[sym->twin]))
			pair_sections(diff, diff->orig.symbols[sym->twin].section, sym->section);
	}
	pair_nameless(diff);
	free(c.orig.use);
	free(c.patched.use);
}
