/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef DIFFERENCE_H
#define DIFFERENCE_H

#include "object.h"

/* Where code first differs from its original: an instruction, and what it refers to. */
struct difference {
	uint64_t orig_offset, offset; /* of the instruction in the original and now */
	/* The references that differ; both NULL where the instruction itself does. */
	const struct rela *orig_rela, *rela;
	bool orig_ended, ended; /* there is no such instruction: the code ends before */
	bool clone; /* the references are to a function and to a clone of it */
};

/*
 * find_difference - compare code with its original instruction by instruction
 *
 * compare() has found that something differs; this is for telling people where. A jump
 * inside of the function that is only longer or shorter does not count, where there is
 * something else. Returns false when no instruction differs.
 */
bool find_difference(struct diff *diff, const struct section *orig, const struct section *sec,
		     struct difference *difference);

/*
 * is_moved_line - whether bytes that differ at one place of both are the number of a line that
 * moved, which counts as no difference, and so is none to tell
 */
bool is_moved_line(struct diff *diff, const struct section *a, const struct section *b, uint64_t at,
		   size_t length);

#endif /* DIFFERENCE_H */
