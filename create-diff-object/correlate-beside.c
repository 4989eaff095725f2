// SPDX-License-Identifier: GPL-2.0-only
/*
 * Static locals of one name in one function, such as each DO_ONCE() makes (linux/once.h): which is
 * which is told by what the code refers to beside them (mentions.h). Two are the same variable
 * where the stretches of both refer to the same things in the same order, no other variable fits on
 * either side, and all of the kind have their twins, in the order of before. What DO_ONCE() keeps
 * is its call's, wherever that is (correlate-once.h).
 */
#include "correlate-once.h"
#include "correlate.h"
#include "kinds.h"
#include "mentions.h"
#include "passes.h"

#include <string.h>

/* Each is compared with each; so many variables of one name nobody has in one function. */
#define MOST_RIVALS 100

static uint32_t open_variable(const struct object *obj, const struct rela *rela)
{
	uint32_t symbol = mentioned_variable(obj, rela);

	return obj->symbols[symbol].twin ? 0 : symbol;
}

/* What has no twin yet says nothing, but that it is one variable and not another. */
static bool same_target(struct diff *diff, const struct mention *a, const struct rela *ra,
			const struct mention *b, const struct rela *rb)
{
	uint32_t open_a = open_variable(&diff->orig, ra);
	uint32_t open_b = open_variable(&diff->patched, rb);

	if (!open_a && !open_b)
		return same_reference(diff, ra, rb);
	return open_a && open_b && ra->target_offset == rb->target_offset &&
	       (open_a == a->symbol) == (open_b == b->symbol) &&
	       !compare_bases(diff->orig.symbols[open_a].name, diff->patched.symbols[open_b].name);
}

static bool same_stretch(struct diff *diff, const struct mention *a, const struct mention *b)
{
	const struct rela *ra = a->from, *rb = b->from;

	if (a->once != NOT_ONCE || b->once != NOT_ONCE)
		return !compare_users(a, b) && same_once(diff, a, b);
	if (compare_users(a, b) || a->end - a->from != b->end - b->from)
		return false;
	for (; ra < a->end; ra++, rb++) {
		if (!same_target(diff, a, ra, b, rb))
			return false;
	}
	return true;
}

static bool fits(struct diff *diff, const struct variable *a, const struct variable *b)
{
	size_t i;

	if (a->nr != b->nr || a->sym->twin || b->sym->twin)
		return false;
	for (i = 0; i < a->nr; i++) {
		if (!same_stretch(diff, &a->mentions[i], &b->mentions[i]))
			return false;
	}
	return true;
}

/* Variables of one kind. */
struct rivals {
	const struct variable *list;
	size_t nr;
};

static struct rivals next_rivals(const struct mentions *side, size_t from)
{
	struct rivals rivals = { side->variable + from, 0 };

	while (from + rivals.nr < side->nr && !compare_kinds(rivals.list, rivals.list + rivals.nr))
		rivals.nr++;
	return rivals;
}

/* By number in @orig, the only one of @patched that fits, from 1 on; 0: none, or several. */
static void find_fitting(struct diff *diff, const struct rivals *orig, const struct rivals *patched,
			 size_t *fitting)
{
	size_t claims[MOST_RIVALS] = { 0 }, nr, i, j;

	for (i = 0; i < orig->nr; i++) {
		for (nr = j = 0; j < patched->nr; j++) {
			if (!fits(diff, &orig->list[i], &patched->list[j]))
				continue;
			nr++;
			claims[j]++;
			fitting[i] = j + 1;
		}
		if (nr != 1)
			fitting[i] = 0;
	}
	for (i = 0; i < orig->nr; i++) {
		if (fitting[i] && claims[fitting[i] - 1] > 1)
			fitting[i] = 0;
	}
}

/* In the same function as @mention does. */
static bool refers_to(const struct variable *variable, const struct mention *mention,
		      const struct rela *other)
{
	const struct rela *rela;
	size_t i, next;

	for (i = 0; i < variable->nr; i++) {
		const struct mention *at = &variable->mentions[i];

		for (next = 0; !compare_users(at, mention) && (rela = next_beside(at, &next));) {
			if (rela->target == other->target &&
			    (rela->target || rela->symbol == other->symbol))
				return true;
		}
	}
	return false;
}

static bool is_own(const struct rivals *rivals, const struct variable *variable,
		   const struct mention *mention, const struct rela *rela)
{
	size_t i;

	for (i = 0; i < rivals->nr; i++) {
		if (&rivals->list[i] != variable && refers_to(&rivals->list[i], mention, rela))
			return false;
	}
	return true;
}

/* Whether there is something beside the variable that is not beside the others of its kind. */
static bool has_own(const struct object *obj, const struct rivals *rivals,
		    const struct variable *variable)
{
	bool once = is_once_state(variable->sym);
	const struct rela *rela;
	size_t i, next;

	for (i = 0; i < variable->nr; i++) {
		const struct mention *mention = &variable->mentions[i];

		for (next = 0; (rela = next_beside(mention, &next));) {
			if (!mentioned_variable(obj, rela) && (!once || once_variable(obj, rela)) &&
			    is_own(rivals, variable, mention, rela))
				return true;
		}
	}
	return false;
}

/*
 * What stands beside a variable tells something where each one of the kind has its twin. Where the
 * patch exchanges code, a variable may go with it or stay at its place.
 */
static bool all_fit(const struct rivals *orig, const struct rivals *patched, const size_t *fitting)
{
	size_t i;

	for (i = 0; i < orig->nr; i++) {
		if (fitting[i] != i + 1)
			return false;
	}
	return orig->nr == patched->nr;
}

/* Nothing else than its call is what a DO_ONCE() has done, wherever that is now. */
static void pair_variables(struct diff *diff, const struct symbol *orig, struct symbol *patched,
			   bool all)
{
	if (!all && !is_once_state(orig))
		return;
	pair_symbols(diff, symbol_index(&diff->orig, orig), symbol_index(&diff->patched, patched));
	pair_sections(diff, orig->section, patched->section);
	patched->certain = is_once_state(patched);
}

static void pair_rivals(struct diff *diff, const struct rivals *orig, const struct rivals *patched)
{
	size_t fitting[MOST_RIVALS] = { 0 }, i;
	bool all;

	if (orig->nr > MOST_RIVALS || patched->nr > MOST_RIVALS)
		return;
	find_fitting(diff, orig, patched, fitting);
	for (i = 0; i < orig->nr; i++) {
		if (fitting[i] && !has_own(&diff->orig, orig, &orig->list[i]))
			fitting[i] = 0;
	}
	all = all_fit(orig, patched, fitting);
	for (i = 0; i < orig->nr; i++) {
		if (fitting[i])
			pair_variables(diff, orig->list[i].sym, patched->list[fitting[i] - 1].sym,
				       all);
	}
}

static void pair_all(struct diff *diff, const struct mentions *orig, const struct mentions *patched)
{
	size_t i = 0, j = 0;

	while (i < orig->nr && j < patched->nr) {
		struct rivals a = next_rivals(orig, i), b = next_rivals(patched, j);
		int cmp = compare_kinds(a.list, b.list);

		if (!cmp)
			pair_rivals(diff, &a, &b);
		i += cmp <= 0 ? a.nr : 0;
		j += cmp >= 0 ? b.nr : 0;
	}
}

void pair_statics_beside(struct diff *diff)
{
	struct mentions orig, patched;

	find_mentions(&orig, &diff->orig);
	find_mentions(&patched, &diff->patched);
	judge_once_states(diff, &orig, &patched);
	pair_all(diff, &orig, &patched);
	free_mentions(&orig);
	free_mentions(&patched);
}
