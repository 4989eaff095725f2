// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbered variables: the static locals of functions. Every one that the original function
 * used and the patched one still uses has to be the same at run time. Its evidence, the
 * strongest first:
 *
 *   1. a function or variable whose bytes are the same refers to it at the same place;
 *   2. the same function or variable uses it, size and kind of section agree, and there is
 *      no other that fits, on either side;
 *   3. of constants, the same, and the content agrees as well.
 */
#include "correlate.h"
#include "kinds.h"
#include "part-names.h"
#include "util.h"

#include <stdlib.h>

/* That a function or variable of the name @user refers to a variable. */
struct use {
	const struct symbol *sym;
	const struct section *sec;
	const char *user;
	size_t length;
	uint32_t symbol;
	bool patched;
};

struct uses {
	struct use *use;
	size_t nr, max;
};

/* The variable of the other object that may be the twin of one. */
struct partner {
	uint32_t symbol; /* 0: none */
	bool several;
};

struct statics {
	struct diff *diff;
	struct uses uses;
	struct partner *orig, *patched; /* by symbol */
	bool by_content;
};

/* A BTF id is what its place in the list makes it, whoever reads it (correlate-btf-ids.c). */
static struct symbol *static_local(const struct object *obj, const struct rela *rela)
{
	struct section *target = &obj->sections[rela->target];
	struct symbol *sym = rela->target ? covering_symbol(obj, target) : NULL;

	if (!sym || !is_static_local(sym) || !can_have_twin(obj, target) ||
	    is_btf_entry(obj, target))
		return NULL;
	return sym;
}

static bool same_shape(const struct object *orig, const struct symbol *a,
		       const struct object *patched, const struct symbol *b)
{
	return !a->twin && !b->twin && a->size == b->size &&
	       orig->sections[a->section].kind == patched->sections[b->section].kind &&
	       !compare_bases(a->name, b->name);
}

/* Symbols of the original whose twins are known, and whose references are to be followed. */
struct queue {
	uint32_t *symbols;
	size_t nr;
};

static void pair_places(struct diff *diff, const struct section *a, const struct section *b,
			struct queue *queue)
{
	const struct object *orig = &diff->orig, *patched = &diff->patched;
	size_t i;

	for (i = 0; i < a->nr_relas; i++) {
		const struct rela *ra = &a->relas[i], *rb = &b->relas[i];
		const struct symbol *sa = static_local(orig, ra), *sb = static_local(patched, rb);

		if (!sa || !sb || ra->offset != rb->offset || ra->type != rb->type ||
		    ra->target_offset != rb->target_offset || !same_shape(orig, sa, patched, sb))
			continue;
		pair_symbols(diff, symbol_index(orig, sa), symbol_index(patched, sb));
		queue->symbols[queue->nr++] = symbol_index(orig, sa);
	}
}

/* Each symbol is in the queue once: when its twin is found, or from the start. */
static void pair_by_place(struct diff *diff)
{
	struct queue queue = { xcalloc(diff->orig.nr_symbols, sizeof(*queue.symbols)), 0 };
	const struct symbol *sym;
	size_t i;

	for_each_symbol (&diff->orig, sym) {
		if (sym->twin && (sym->type == STT_FUNC || sym->type == STT_OBJECT))
			queue.symbols[queue.nr++] = symbol_index(&diff->orig, sym);
	}
	for (i = 0; i < queue.nr; i++) {
		const struct section *a, *b;

		sym = &diff->orig.symbols[queue.symbols[i]];
		a = &diff->orig.sections[sym->section];
		b = &diff->patched.sections[diff->patched.symbols[sym->twin].section];
		if (same_code(a, b))
			pair_places(diff, a, b, &queue);
	}
	free(queue.symbols);
}

static void find_uses(const struct object *obj, bool patched, struct uses *uses)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		const struct symbol *user = covering_symbol(obj, sec);

		if (!user || sec->split)
			continue;
		for_each_rela (sec, rela) {
			const struct symbol *sym = static_local(obj, rela);
			struct use *use;

			if (!sym || sym->twin)
				continue;
			grow(uses->use, uses->nr, uses->max);
			use = &uses->use[uses->nr++];
			*use = (struct use){ .sym = sym,
					     .sec = &obj->sections[rela->target],
					     .user = user->name,
					     .symbol = symbol_index(obj, sym),
					     .patched = patched };
			use->length = parent_length(&use->user);
		}
	}
}

static int compare_content(const struct section *a, const struct section *b)
{
	if (!a->data || !b->data)
		return !!a->data - !!b->data;
	return memcmp(a->data, b->data, a->size);
}

/* 0 for uses of variables that fit each other, by one user. */
static int compare_kind(const struct use *a, const struct use *b, bool by_content)
{
	int cmp = compare_bases(a->sym->name, b->sym->name);

	if (cmp)
		return cmp;
	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	cmp = memcmp(a->user, b->user, a->length);
	if (cmp)
		return cmp;
	if (a->sec->size != b->sec->size)
		return a->sec->size < b->sec->size ? -1 : 1;
	if (a->sec->kind != b->sec->kind)
		return a->sec->kind < b->sec->kind ? -1 : 1;
	return by_content ? compare_content(a->sec, b->sec) : 0;
}

static int by_kind(const void *a, const void *b, void *arg)
{
	const struct statics *s = arg;
	const struct use *ua = a, *ub = b;
	int cmp = compare_kind(ua, ub, s->by_content);

	if (cmp)
		return cmp;
	if (ua->patched != ub->patched)
		return ua->patched ? 1 : -1;
	return ua->symbol < ub->symbol ? -1 : ua->symbol > ub->symbol;
}

/* The initial value of a variable says nothing about which of two it is. */
static bool is_open(const struct statics *s, const struct use *use)
{
	return !use->sym->twin && (!s->by_content || use->sec->kind == KIND_RODATA);
}

/* Only the uses of variables without a twin, each once. */
static void sort_uses(struct statics *s)
{
	struct uses *uses = &s->uses;
	size_t i, nr = 0;

	for (i = 0; i < uses->nr; i++) {
		if (is_open(s, &uses->use[i]))
			uses->use[nr++] = uses->use[i];
	}
	uses->nr = nr;
	if (!nr)
		return;
	qsort_r(uses->use, nr, sizeof(*uses->use), by_kind, s);
	for (i = nr = 1; i < uses->nr; i++) {
		if (by_kind(&uses->use[nr - 1], &uses->use[i], s))
			uses->use[nr++] = uses->use[i];
	}
	uses->nr = nr;
}

static void add_partner(struct partner *partner, uint32_t symbol)
{
	partner->several |= partner->symbol && partner->symbol != symbol;
	partner->symbol = symbol;
}

/* Uses @from up to @end are of variables that fit; the patched ones begin at @middle. */
static void note_partners(struct statics *s, size_t from, size_t middle, size_t end)
{
	const struct use *use = s->uses.use;
	size_t i;

	for (i = from; i < middle && middle < end; i++) {
		add_partner(&s->orig[use[i].symbol], use[middle].symbol);
		s->orig[use[i].symbol].several |= end - middle > 1;
	}
	for (i = middle; i < end && from < middle; i++) {
		add_partner(&s->patched[use[i].symbol], use[from].symbol);
		s->patched[use[i].symbol].several |= middle - from > 1;
	}
}

static void find_partners(struct statics *s)
{
	const struct use *use = s->uses.use;
	size_t i, middle, end;

	for (i = 0; i < s->uses.nr; i++)
		*(use[i].patched ? &s->patched[use[i].symbol] : &s->orig[use[i].symbol]) =
			(struct partner){ 0 };
	for (i = 0; i < s->uses.nr; i = end) {
		for (middle = i; middle < s->uses.nr && !use[middle].patched &&
				 !compare_kind(&use[i], &use[middle], s->by_content);
		     middle++)
			;
		for (end = middle; end < s->uses.nr && use[end].patched &&
				   !compare_kind(&use[i], &use[end], s->by_content);
		     end++)
			;
		note_partners(s, i, middle, end);
	}
}

/* One round; a pair that is found may leave others without a rival. */
static bool pair_only_partners(struct statics *s)
{
	bool progress = false;
	size_t i;

	sort_uses(s);
	find_partners(s);
	for (i = 0; i < s->uses.nr; i++) {
		const struct use *use = &s->uses.use[i];
		const struct partner *a, *b;

		if (use->patched || use->sym->twin)
			continue;
		a = &s->orig[use->symbol];
		b = &s->patched[a->symbol];
		if (!a->symbol || a->several || b->several || b->symbol != use->symbol)
			continue;
		pair_symbols(s->diff, use->symbol, a->symbol);
		progress = true;
	}
	return progress;
}

void pair_statics(struct diff *diff)
{
	struct statics s = { .diff = diff };

	pair_by_place(diff);
	find_uses(&diff->orig, false, &s.uses);
	find_uses(&diff->patched, true, &s.uses);
	s.orig = xcalloc(diff->orig.nr_symbols, sizeof(*s.orig));
	s.patched = xcalloc(diff->patched.nr_symbols, sizeof(*s.patched));
	while (pair_only_partners(&s))
		;
	s.by_content = true;
	while (pair_only_partners(&s))
		;
	free(s.uses.use);
	free(s.orig);
	free(s.patched);
}
