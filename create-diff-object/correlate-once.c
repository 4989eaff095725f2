// SPDX-License-Identifier: GPL-2.0-only
/* DO_ONCE() of linux/once.h: does it do the same as before. */
#include "correlate-once.h"
#include "arch/arch.h"
#include "correlate.h"
#include "kinds.h"
#include "passes.h"
#include "util.h"

#include <stdlib.h>
#include <string.h>

/* Each is compared with each. */
#define MOST_STEPS 1000

/* A static local without a twin is any of its name. */
static bool same_step(struct diff *diff, const struct once_step *a, const struct once_step *b)
{
	uint32_t sa, sb;

	if (a->shape != b->shape || !a->rela || !b->rela)
		return a->shape == b->shape && a->rela == b->rela;
	sa = mentioned_variable(&diff->orig, a->rela);
	sb = mentioned_variable(&diff->patched, b->rela);
	if (!sa || !sb)
		return same_reference(diff, a->rela, b->rela);
	return a->rela->target_offset == b->rela->target_offset &&
	       !compare_bases(diff->orig.symbols[sa].name, diff->patched.symbols[sb].name);
}

/* In any order, which is that of the compiler. */
static bool same_work(struct diff *diff, const struct once_work *a, const struct once_work *b)
{
	bool taken[MOST_STEPS] = { 0 };
	size_t i, j;

	if (a->open || b->open || a->nr != b->nr || a->nr > MOST_STEPS)
		return false;
	for (i = 0; i < a->nr; i++) {
		for (j = 0; j < b->nr; j++) {
			if (!taken[j] && same_step(diff, &a->step[i], &b->step[j]))
				break;
		}
		if (j == b->nr)
			return false;
		taken[j] = true;
	}
	return true;
}

bool same_once(struct diff *diff, const struct mention *a, const struct mention *b)
{
	return a->once == b->once && (a->once != ONCE_END || same_work(diff, &a->work, &b->work));
}

static bool has_end(struct diff *diff, const struct variable *orig, const struct mention *b)
{
	size_t i;

	for (i = 0; i < orig->nr; i++) {
		if (orig->mentions[i].once == ONCE_END && same_once(diff, &orig->mentions[i], b))
			return true;
	}
	return false;
}

static bool is_plain(const struct variable *variable)
{
	size_t i;

	for (i = 0; i < variable->nr; i++) {
		if (variable->mentions[i].once != NOT_ONCE)
			return false;
	}
	return true;
}

/* Inlined, a call has one end in each place; without one nothing is known of it. */
static bool same_ends(struct diff *diff, const struct variable *orig,
		      const struct variable *patched)
{
	size_t nr = 0, i;

	for (i = 0; i < patched->nr; i++) {
		if (patched->mentions[i].once != ONCE_END)
			continue;
		if (!has_end(diff, orig, &patched->mentions[i]))
			return false;
		nr++;
	}
	return nr || (is_plain(orig) && is_plain(patched));
}

uint32_t once_variable(const struct object *obj, const struct rela *rela)
{
	const struct section *target = &obj->sections[rela->target];
	const struct symbol *sym = covering_symbol(obj, target);

	return sym && target->kind == KIND_DATA && !is_once_state(sym) &&
			       !is_call_site_data(obj, target)
		       ? rela->target
		       : 0;
}

/* What is of another unit may be a variable wherever no branch leads there. */
static bool may_be_beside(const struct object *obj, const struct section *sec,
			  const struct rela *rela)
{
	if (rela->target)
		return once_variable(obj, rela);
	return !arch_x86_64.is_branch(sec, rela) &&
	       strcmp(obj->symbols[rela->symbol].name, "__this_module") != 0;
}

/* Of two secrets in one structure each has a DO_ONCE() of its own. */
static bool same_place(const struct diff *diff, const struct rela *a, const struct rela *b)
{
	if (a->target_offset != b->target_offset)
		return false;
	if (a->target && b->target)
		return diff->orig.sections[a->target].twin == b->target;
	return !a->target && !b->target &&
	       !strcmp(diff->orig.symbols[a->symbol].name, diff->patched.symbols[b->symbol].name);
}

static bool has_beside(const struct diff *diff, const struct variable *variable,
		       const struct rela *other)
{
	const struct rela *rela;
	size_t i, next;

	for (i = 0; i < variable->nr; i++) {
		for (next = 0; (rela = next_beside(&variable->mentions[i], &next));) {
			if (same_place(diff, rela, other))
				return true;
		}
	}
	return false;
}

/* What a call works with: variables that it had to do with before, and others. */
struct work {
	bool same, other;
};

static struct work find_work(struct diff *diff, const struct variable *orig,
			     const struct variable *patched)
{
	struct work work = { .other = !same_ends(diff, orig, patched) };
	const struct rela *rela;
	size_t i, next;

	for (i = 0; i < patched->nr; i++) {
		const struct mention *mention = &patched->mentions[i];

		for (next = 0; (rela = next_beside(mention, &next));) {
			if (!may_be_beside(&diff->patched, mention->sec, rela))
				continue;
			if (!has_beside(diff, orig, rela))
				work.other = true;
			else if (rela->target)
				work.same = true;
		}
	}
	return work;
}

static const struct variable *find_variable(const struct mentions *side, const struct symbol *sym)
{
	size_t i;

	for (i = 0; i < side->nr; i++) {
		if (side->variable[i].sym == sym)
			return &side->variable[i];
	}
	return NULL;
}

static void part_symbols(struct diff *diff, struct symbol *orig, struct symbol *patched)
{
	diff->orig.sections[orig->section].twin = 0;
	diff->patched.sections[patched->section].twin = 0;
	orig->twin = patched->twin = 0;
}

void judge_once_states(struct diff *diff, const struct mentions *orig,
		       const struct mentions *patched)
{
	const struct variable *a, *b;
	struct work work;

	for (b = patched->variable; b < patched->variable + patched->nr; b++) {
		struct symbol *twin = &diff->orig.symbols[b->sym->twin];

		a = b->sym->twin ? find_variable(orig, twin) : NULL;
		if (!a)
			continue;
		work = find_work(diff, a, b);
		if (work.other)
			part_symbols(diff, twin, b->sym);
		b->sym->certain = work.same && !work.other;
	}
}
