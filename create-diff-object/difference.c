// SPDX-License-Identifier: GPL-2.0-only
#include "difference.h"
#include "arch/arch.h"
#include "line-numbers.h"
#include "passes.h"

#include <string.h>

/* Bytes of relocated fields say nothing. */
static void copy_bytes(uint8_t *bytes, const struct section *sec, uint64_t at,
		       const struct insn *insn)
{
	const struct rela *rela = insn->rela, *end = sec->relas + sec->nr_relas;

	memcpy(bytes, sec->data + at, insn->length);
	for (; rela && rela < end && rela->offset < at + insn->length; rela++) {
		uint64_t field = rela->offset - at, width = arch_x86_64.rela_width(rela->type);

		memset(bytes + field, 0,
		       width < insn->length - field ? width : insn->length - field);
	}
}

static bool same_insn_bytes(const struct section *a, uint64_t at_a, const struct insn *ia,
			    const struct section *b, uint64_t at_b, const struct insn *ib)
{
	uint8_t bytes_a[16], bytes_b[16]; /* an instruction has 15 at most */

	if (ia->length != ib->length || ia->length > sizeof(bytes_a))
		return false;
	copy_bytes(bytes_a, a, at_a, ia);
	copy_bytes(bytes_b, b, at_b, ib);
	return !memcmp(bytes_a, bytes_b, ia->length);
}

bool is_moved_line(struct diff *diff, const struct section *a, const struct section *b, uint64_t at,
		   size_t length)
{
	uint64_t end = at + length, next;

	for (; at < end; at++) {
		if (a->data[at] == b->data[at])
			continue;
		if (!is_line_number(diff, a, b, at, &next))
			return false;
		at = next - 1;
	}
	return true;
}

static bool same_insn(struct diff *diff, const struct section *a, uint64_t at_a,
		      const struct insn *ia, const struct section *b, uint64_t at_b,
		      const struct insn *ib)
{
	return same_insn_bytes(a, at_a, ia, b, at_b, ib) ||
	       (at_a == at_b && ia->length == ib->length &&
		is_moved_line(diff, a, b, at_a, ia->length));
}

/* Compares the references of two instructions; the first that differ go to @d. */
static bool same_insn_relas(struct diff *diff, const struct section *a, uint64_t end_a,
			    const struct insn *ia, const struct section *b, uint64_t end_b,
			    const struct insn *ib, struct difference *d)
{
	const struct rela *ra = ia->rela, *rb = ib->rela;
	const struct rela *last_a = a->relas + a->nr_relas, *last_b = b->relas + b->nr_relas;
	bool has_a, has_b;

	for (;; ra++, rb++) {
		has_a = ra && ra < last_a && ra->offset < end_a;
		has_b = rb && rb < last_b && rb->offset < end_b;
		if (!has_a || !has_b)
			return has_a == has_b;
		if (!same_reference(diff, ra, rb)) {
			d->orig_rela = ra;
			d->rela = rb;
			return false;
		}
	}
}

static bool is_jump_inside(const struct insn *insn)
{
	return insn->branch && !insn->rela;
}

/* With @jumps, distances of jumps inside of the code count as well. */
static bool walk(struct diff *diff, const struct section *a, const struct section *b, bool jumps,
		 struct difference *d)
{
	struct insn ia, ib;

	memset(d, 0, sizeof(*d));
	for (;; d->orig_offset += ia.length, d->offset += ib.length) {
		d->orig_ended = !arch_x86_64.read_insn(a, d->orig_offset, &ia);
		d->ended = !arch_x86_64.read_insn(b, d->offset, &ib);
		if (d->orig_ended || d->ended)
			return d->orig_ended != d->ended;
		if (!jumps && is_jump_inside(&ia) && is_jump_inside(&ib) &&
		    ia.operation == ib.operation)
			continue;
		if (!same_insn_relas(diff, a, d->orig_offset + ia.length, &ia, b,
				     d->offset + ib.length, &ib, d) ||
		    !same_insn(diff, a, d->orig_offset, &ia, b, d->offset, &ib))
			return true;
	}
}

bool find_difference(struct diff *diff, const struct section *orig, const struct section *sec,
		     struct difference *difference)
{
	return walk(diff, orig, sec, false, difference) || walk(diff, orig, sec, true, difference);
}
