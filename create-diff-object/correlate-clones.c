// SPDX-License-Identifier: GPL-2.0-only
/* Numbered clones of functions (.isra.N, .constprop.N, .part.N): pairs by their code. */
#include "correlate.h"
#include "kinds.h"
#include "util.h"

#include <stdlib.h>

/* A function of either object that has no twin yet. */
struct clone {
	const struct section *sec;
	const char *name;
	uint32_t symbol;
	bool patched;
};

struct clones {
	struct clone *clone;
	size_t nr;
};

static int by_code(const void *a, const void *b)
{
	const struct clone *ca = a, *cb = b;
	const struct section *sa = ca->sec, *sb = cb->sec;
	int cmp;

	if (sa->size != sb->size)
		return sa->size < sb->size ? -1 : 1;
	if (sa->nr_relas != sb->nr_relas)
		return sa->nr_relas < sb->nr_relas ? -1 : 1;
	cmp = memcmp(sa->data, sb->data, sa->size);
	if (cmp)
		return cmp;
	if (ca->patched != cb->patched)
		return ca->patched ? 1 : -1;
	return ca->symbol < cb->symbol ? -1 : ca->symbol > cb->symbol;
}

static void add_clones(const struct object *obj, const struct group *group, bool patched,
		       struct clones *clones)
{
	size_t i;

	for (i = 0; i < group->nr; i++) {
		const struct symbol *sym = &obj->symbols[group->symbols[i]];
		const struct section *sec = &obj->sections[sym->section];

		if (sym->type == STT_FUNC && !sym->twin && sec->data)
			clones->clone[clones->nr++] =
				(struct clone){ sec, sym->name, group->symbols[i], patched };
	}
}

/* One of each object, and no other with that code. */
static void pair_by_code(struct diff *diff, const struct clones *clones)
{
	size_t i, end;

	for (i = 0; i < clones->nr; i = end) {
		const struct clone *c = &clones->clone[i];

		for (end = i + 1; end < clones->nr; end++) {
			if (!same_code(c->sec, clones->clone[end].sec))
				break;
		}
		if (end - i == 2 && !c[0].patched && c[1].patched)
			pair_symbols(diff, c[0].symbol, c[1].symbol);
	}
}

static int by_name(const void *a, const void *b)
{
	const struct clone *ca = a, *cb = b;
	int cmp = strcmp(ca->name, cb->name);

	return cmp ? cmp : ca->patched - cb->patched;
}

static const char *target_name(const struct object *obj, const struct rela *rela)
{
	return rela->target ? section_label(obj, &obj->sections[rela->target])
			    : obj->symbols[rela->symbol].name;
}

static bool same_references(const struct diff *diff, const struct section *a,
			    const struct section *b)
{
	size_t i;

	for (i = 0; i < a->nr_relas; i++) {
		const struct rela *ra = &a->relas[i], *rb = &b->relas[i];

		if (ra->offset != rb->offset || ra->type != rb->type ||
		    ra->target_offset != rb->target_offset ||
		    strcmp(target_name(&diff->orig, ra), target_name(&diff->patched, rb)))
			return false;
	}
	return true;
}

/*
 * Several with the same bytes: those that have kept their number, and refer to things of the
 * same names, are most likely what they were. compare() looks at what they refer to.
 */
static void pair_by_name(struct diff *diff, const struct clones *clones)
{
	const struct clone *c;

	for (c = clones->clone; c + 1 < clones->clone + clones->nr; c++) {
		if (!c[0].patched && c[1].patched && !strcmp(c[0].name, c[1].name) &&
		    !diff->orig.symbols[c[0].symbol].twin &&
		    !diff->patched.symbols[c[1].symbol].twin && same_code(c[0].sec, c[1].sec) &&
		    same_references(diff, c[0].sec, c[1].sec))
			pair_symbols(diff, c[0].symbol, c[1].symbol);
	}
}

static uint32_t only_unpaired(const struct object *obj, const struct group *group)
{
	uint32_t found = 0;
	size_t i;

	for (i = 0; i < group->nr; i++) {
		const struct symbol *sym = &obj->symbols[group->symbols[i]];

		if (sym->twin || sym->type != STT_FUNC)
			continue;
		if (found)
			return 0;
		found = group->symbols[i];
	}
	return found;
}

void pair_clones(struct diff *diff, const struct group_pair *pair)
{
	struct clones clones = { 0 };
	uint32_t a, b;

	if (!diff->orig.symbols[pair->orig.symbols[0]].twin || pair->orig.nr > 1) {
		clones.clone = xcalloc(pair->orig.nr + pair->patched.nr, sizeof(*clones.clone));
		add_clones(&diff->orig, &pair->orig, false, &clones);
		add_clones(&diff->patched, &pair->patched, true, &clones);
		qsort(clones.clone, clones.nr, sizeof(*clones.clone), by_code);
		pair_by_code(diff, &clones);
		qsort(clones.clone, clones.nr, sizeof(*clones.clone), by_name);
		pair_by_name(diff, &clones);
		free(clones.clone);
	}
	a = only_unpaired(&diff->orig, &pair->orig);
	b = only_unpaired(&diff->patched, &pair->patched);
	if (a && b)
		pair_symbols(diff, a, b);
}
