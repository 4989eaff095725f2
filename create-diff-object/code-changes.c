// SPDX-License-Identifier: GPL-2.0-only
/* The shortest list of insertions and deletions, after E. Myers (1986), forwards. */
#include "code-changes.h"
#include "arch/arch.h"
#include "kinds.h"
#include "part-names.h"
#include "passes.h"
#include "util.h"

#include <stdlib.h>

/* More than that is another function; the time goes with the square. */
#define MOST_CHANGES 1500

struct step {
	uint64_t offset;
	struct insn insn;
	bool changed;
};

/* Code without what the compiler chooses. */
struct steps {
	const struct section *sec;
	struct step *list;
	size_t nr, max;
};

static void read_steps(struct steps *steps, const struct section *sec)
{
	struct insn insn;
	uint64_t at;

	*steps = (struct steps){ .sec = sec };
	for (at = 0; arch_x86_64.read_insn(sec, at, &insn); at += insn.length) {
		if (insn.noise)
			continue;
		grow(steps->list, steps->nr, steps->max);
		steps->list[steps->nr++] = (struct step){ at, insn, false };
	}
}

static const struct rela *next_rela(const struct steps *steps, const struct step *step,
				    const struct rela *rela)
{
	rela = rela ? rela + 1 : step->insn.rela;
	return rela && rela < steps->sec->relas + steps->sec->nr_relas &&
			       rela->offset < step->offset + step->insn.length
		       ? rela
		       : NULL;
}

/* The first references that differ go to @ra and @rb, where one has another. */
static bool same_relas(struct diff *diff, const struct steps *a, const struct step *sa,
		       const struct steps *b, const struct step *sb, const struct rela **ra,
		       const struct rela **rb)
{
	*ra = *rb = NULL;
	if (!sa->insn.rela && !sb->insn.rela)
		return true;
	for (;;) {
		*ra = next_rela(a, sa, *ra);
		*rb = next_rela(b, sb, *rb);
		if (!*ra || !*rb)
			return !*ra && !*rb;
		if (!same_reference(diff, *ra, *rb))
			return false;
	}
}

static bool same_step(struct diff *diff, const struct steps *a, const struct step *sa,
		      const struct steps *b, const struct step *sb)
{
	const struct rela *ra, *rb;

	return (sa->insn.shape == sb->insn.shape ||
		(sa->offset == sb->offset && sa->insn.length == sb->insn.length &&
		 sa->insn.operation == sb->insn.operation &&
		 is_moved_line(diff, a->sec, b->sec, sa->offset, sa->insn.length))) &&
	       same_relas(diff, a, sa, b, sb, &ra, &rb);
}

/* What is left of both when the same beginning and the same end are taken off. */
struct middle {
	struct diff *diff;
	struct steps *a, *b;
	size_t from;
	long nr_a, nr_b;
};

static bool same_at(const struct middle *m, long x, long y)
{
	return same_step(m->diff, m->a, &m->a->list[m->from + (size_t)x], m->b,
			 &m->b->list[m->from + (size_t)y]);
}

static void trim(struct middle *m)
{
	m->nr_a = (long)m->a->nr;
	m->nr_b = (long)m->b->nr;
	while (m->nr_a && m->nr_b && same_at(m, 0, 0)) {
		m->from++;
		m->nr_a--;
		m->nr_b--;
	}
	while (m->nr_a && m->nr_b && same_at(m, m->nr_a - 1, m->nr_b - 1)) {
		m->nr_a--;
		m->nr_b--;
	}
}

/* How far one gets on diagonal @k with @d changes; @row holds that for d - 1, by k + d - 1. */
static long start_on(const int *row, long d, long k)
{
	const int *last;

	if (!d)
		return 0;
	last = row + (d - 1);
	if (k == -d || (k != d && last[k - 1] < last[k + 1]))
		return last[k + 1];
	return last[k - 1] + 1;
}

/* Goes back from the end over the rows and marks what was inserted or deleted. */
static void mark(const struct middle *m, int **rows, long d)
{
	long x = m->nr_a, y = m->nr_b, k, previous_x, previous_k;
	const int *last;

	for (; d > 0; d--) {
		last = rows[d - 1] + (d - 1);
		k = x - y;
		previous_k = k == -d || (k != d && last[k - 1] < last[k + 1]) ? k + 1 : k - 1;
		previous_x = last[previous_k];
		if (previous_k > k)
			m->b->list[m->from + (size_t)(previous_x - previous_k)].changed = true;
		else
			m->a->list[m->from + (size_t)previous_x].changed = true;
		x = previous_x;
		y = previous_x - previous_k;
	}
}

/* Fills rows[d]. Returns whether the end is reached. */
static bool extend(const struct middle *m, int **rows, long d)
{
	const int *last = d ? rows[d - 1] : NULL;
	long k, x;

	rows[d] = xcalloc((size_t)(2 * d + 1), sizeof(**rows));
	for (k = -d; k <= d; k += 2) {
		x = start_on(last, d, k);
		while (x < m->nr_a && x - k < m->nr_b && x - k >= 0 && same_at(m, x, x - k))
			x++;
		rows[d][k + d] = (int)x;
		if (x >= m->nr_a && x - k >= m->nr_b)
			return true;
	}
	return false;
}

static bool align(const struct middle *m)
{
	long most = m->nr_a + m->nr_b < MOST_CHANGES ? m->nr_a + m->nr_b : MOST_CHANGES, d, i;
	int **rows = xcalloc((size_t)most + 1, sizeof(*rows));
	bool done = false;

	for (d = 0; d <= most && !done; d++)
		done = extend(m, rows, d);
	if (done)
		mark(m, rows, d - 1);
	for (i = 0; i < d; i++)
		free(rows[i]);
	free(rows);
	return done;
}

static struct difference *add_change(struct code_changes *changes)
{
	grow(changes->list, changes->nr, changes->max);
	changes->list[changes->nr] = (struct difference){ .orig_ended = true, .ended = true };
	return &changes->list[changes->nr++];
}

static uint64_t offset_of(const struct steps *steps, size_t i)
{
	return i < steps->nr ? steps->list[i].offset : steps->sec->size;
}

/* An instruction that is gone and one that is new at one place are one that changed. */
static void list_changes(struct diff *diff, const struct steps *a, const struct steps *b,
			 struct code_changes *changes)
{
	size_t i = 0, j = 0;

	while (i < a->nr || j < b->nr) {
		bool gone = i < a->nr && a->list[i].changed;
		bool added = j < b->nr && b->list[j].changed;
		struct difference *d = gone || added ? add_change(changes) : NULL;

		if (d) {
			d->orig_offset = offset_of(a, i);
			d->offset = offset_of(b, j);
			d->orig_ended = !gone;
			d->ended = !added;
		}
		if (gone && added && a->list[i].insn.shape == b->list[j].insn.shape)
			same_relas(diff, a, &a->list[i], b, &b->list[j], &d->orig_rela, &d->rela);
		if (d && (!d->orig_rela || !d->rela))
			d->orig_rela = d->rela = NULL;
		i += gone || !d;
		j += added || !d;
	}
}

bool find_code_changes(struct diff *diff, const struct section *orig, const struct section *sec,
		       struct code_changes *changes)
{
	struct steps a, b;
	struct middle m = { .diff = diff, .a = &a, .b = &b };

	*changes = (struct code_changes){ 0 };
	read_steps(&a, orig);
	read_steps(&b, sec);
	trim(&m);
	changes->too_many = (m.nr_a || m.nr_b) && !align(&m);
	if ((m.nr_a || m.nr_b) && !changes->too_many)
		list_changes(diff, &a, &b, changes);
	free(a.list);
	free(b.list);
	return changes->nr;
}

static const struct rela *branch_at(const struct section *sec, uint64_t offset)
{
	struct insn insn;

	return arch_x86_64.read_insn(sec, offset, &insn) && insn.branch ? insn.rela : NULL;
}

static const char *name_of_target(const struct object *obj, const struct rela *rela)
{
	return rela->target ? section_label(obj, &obj->sections[rela->target])
			    : obj->symbols[rela->symbol].name;
}

/* Whether two names are of one function, as the source has it, or of clones of it. */
static bool is_clone(const char *before, const char *after)
{
	size_t n;

	if (!strcmp(before, after))
		return false;
	n = parent_length(&before);
	return parent_length(&after) == n && !strncmp(before, after, n);
}

/* The new call, beside what it was, of a function that was called by another clone. */
static bool find_clone_call(const struct diff *diff, const struct section *orig,
			    const struct section *sec, const struct code_changes *changes,
			    const struct difference *gone, struct difference *call)
{
	const struct rela *before = branch_at(orig, gone->orig_offset), *after;
	size_t i;

	for (i = 0; before && i < changes->nr; i++) {
		const struct difference *d = &changes->list[i];

		after = d->ended ? NULL : branch_at(sec, d->offset);
		if (!after || !is_clone(name_of_target(&diff->orig, before),
					name_of_target(&diff->patched, after)))
			continue;
		*call = (struct difference){
			.orig_offset = gone->orig_offset,
			.offset = d->offset,
			.orig_rela = before,
			.rela = after,
			.clone = true,
		};
		return true;
	}
	return false;
}

bool find_first_change(struct diff *diff, const struct section *orig, const struct section *sec,
		       struct difference *first)
{
	struct code_changes changes;
	bool found = false;
	size_t i;

	if (!find_code_changes(diff, orig, sec, &changes))
		return find_difference(diff, orig, sec, first);
	for (i = 0; i < changes.nr && !found; i++)
		found = !changes.list[i].orig_ended &&
			find_clone_call(diff, orig, sec, &changes, &changes.list[i], first);
	if (!found)
		*first = changes.list[0];
	free(changes.list);
	return true;
}
