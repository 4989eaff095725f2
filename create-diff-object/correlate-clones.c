// SPDX-License-Identifier: GPL-2.0-only
/* Numbered clones of functions (.isra.N, .constprop.N, .part.N): pairs by their code. */
#include "correlate.h"
#include "kinds.h"
#include "util.h"

#include <stdlib.h>

/* A function of either object that has no twin yet. */
struct clone {
	const struct section *sec;
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
				(struct clone){ sec, group->symbols[i], patched };
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
		free(clones.clone);
	}
	a = only_unpaired(&diff->orig, &pair->orig);
	b = only_unpaired(&diff->patched, &pair->patched);
	if (a && b)
		pair_symbols(diff, a, b);
}
