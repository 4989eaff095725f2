// SPDX-License-Identifier: GPL-2.0-only
/*
 * Entries of .BTF_ids (linux/btf_ids.h): zeros with a name of counter and line, which tells only
 * what the id is of, and the same thing may be in several lists. They are the same where they stand
 * at the same place. Where one is new or gone, which refuses the patch, those behind it have moved:
 * then both lists are aligned, so that nothing else is told.
 */
#include "correlate.h"
#include "kinds.h"
#include "util.h"

#include <stdlib.h>

/* The time goes with the product of both. */
#define MOST_PAIRS 4000000

struct btf_entry {
	uint32_t section;
	const char *name;
	const char *list; /* what begins there, or NULL */
};

struct btf_entries {
	struct btf_entry *list;
	size_t nr, max;
};

static const char **find_labels(const struct object *obj)
{
	const char **labels = xcalloc(obj->nr_sections, sizeof(*labels));
	const struct symbol *sym;

	for_each_symbol (obj, sym) {
		if (sym->section && sym->type == STT_NOTYPE && *sym->name)
			labels[sym->section] = sym->name;
	}
	return labels;
}

static void read_entries(struct btf_entries *entries, const struct object *obj)
{
	const char **labels = find_labels(obj);
	const struct section *sec;

	for_each_section (obj, sec) {
		if (!is_btf_entry(obj, sec))
			continue;
		grow(entries->list, entries->nr, entries->max);
		entries->list[entries->nr++] =
			(struct btf_entry){ section_index(obj, sec),
					    covering_symbol(obj, sec)->name,
					    labels[section_index(obj, sec)] };
	}
	free(labels);
}

/* 0: not the same. That both begin the same list, or none, counts where there is a choice. */
static uint32_t likeness(const struct btf_entry *a, const struct btf_entry *b)
{
	if (compare_bases(a->name, b->name))
		return 0;
	if (!a->list || !b->list)
		return a->list == b->list ? 3 : 2;
	return strcmp(a->list, b->list) ? 2 : 3;
}

/* By numbers of both, how much of what is from there on can be paired in that order; allocated. */
static uint32_t *score(const struct btf_entries *a, const struct btf_entries *b)
{
	size_t width = b->nr + 1, i, j;
	uint32_t *best = xcalloc((a->nr + 1) * width, sizeof(*best)), *at, like;

	for (i = a->nr; i--;) {
		for (j = b->nr; j--;) {
			at = &best[i * width + j];
			like = likeness(&a->list[i], &b->list[j]);
			*at = at[width] > at[1] ? at[width] : at[1];
			if (like && at[width + 1] + like > *at)
				*at = at[width + 1] + like;
		}
	}
	return best;
}

static void pair_entries(struct diff *diff, const struct btf_entry *a, const struct btf_entry *b)
{
	pair_symbols(diff, diff->orig.sections[a->section].symbol,
		     diff->patched.sections[b->section].symbol);
	pair_sections(diff, a->section, b->section);
}

static void pair_aligned(struct diff *diff, const struct btf_entries *a,
			 const struct btf_entries *b, const uint32_t *best)
{
	size_t width = b->nr + 1, i = 0, j = 0;

	while (i < a->nr && j < b->nr) {
		const uint32_t *at = &best[i * width + j];
		uint32_t like = likeness(&a->list[i], &b->list[j]);

		if (like && *at == at[width + 1] + like)
			pair_entries(diff, &a->list[i++], &b->list[j++]);
		else if (*at == at[width])
			i++;
		else
			j++;
	}
}

/* The piece without a name behind an entry: flags, and what the next list begins with; or NULL. */
static const struct section *behind(const struct object *obj, const struct section *sec)
{
	const struct section *next = sec + 1;

	return next < obj->sections + obj->nr_sections && next->origin == sec->origin &&
			       !next->symbol
		       ? next
		       : NULL;
}

static void pair_flags(struct diff *diff, const struct btf_entries *orig)
{
	size_t i;

	for (i = 0; i < orig->nr; i++) {
		const struct section *sec = &diff->orig.sections[orig->list[i].section], *a, *b;

		if (!sec->twin)
			continue;
		a = behind(&diff->orig, sec);
		b = behind(&diff->patched, &diff->patched.sections[sec->twin]);
		if (a && b && a->size == b->size)
			pair_sections(diff, section_index(&diff->orig, a),
				      section_index(&diff->patched, b));
	}
}

/* Those at one place, of which nothing has moved. */
static void pair_in_place(struct diff *diff, const struct btf_entries *a,
			  const struct btf_entries *b)
{
	size_t i = 0, j = 0;

	while (i < a->nr && j < b->nr) {
		uint64_t at = diff->orig.sections[a->list[i].section].origin_offset;
		uint64_t there = diff->patched.sections[b->list[j].section].origin_offset;

		if (at == there && likeness(&a->list[i], &b->list[j]))
			pair_entries(diff, &a->list[i], &b->list[j]);
		i += at <= there;
		j += at >= there;
	}
}

/* Whether all have a twin in the other list, in the same order. */
static bool same_names(const struct btf_entries *a, const struct btf_entries *b)
{
	size_t i;

	for (i = 0; i < a->nr && i < b->nr; i++) {
		if (!likeness(&a->list[i], &b->list[i]))
			return false;
	}
	return a->nr == b->nr;
}

void pair_btf_ids(struct diff *diff)
{
	struct btf_entries orig = { 0 }, patched = { 0 };
	uint32_t *best;

	read_entries(&orig, &diff->orig);
	read_entries(&patched, &diff->patched);
	if (same_names(&orig, &patched) || orig.nr * patched.nr > MOST_PAIRS) {
		pair_in_place(diff, &orig, &patched);
	} else {
		best = score(&orig, &patched);
		pair_aligned(diff, &orig, &patched, best);
		pair_flags(diff, &orig);
		free(best);
	}
	free(orig.list);
	free(patched.list);
}
