/* SPDX-License-Identifier: GPL-2.0-only */
/* All instructions that the source changed, as far as the compiler lets them be told. */
#ifndef CODE_CHANGES_H
#define CODE_CHANGES_H

#include "difference.h"

struct code_changes {
	struct difference *list; /* in the order of the patched code */
	size_t nr, max;
	bool too_many; /* more than are looked for: the list is empty */
};

/*
 * find_code_changes - align code with its original and list what differs
 *
 * Registers, places in the stack frame, distances of jumps inside of the function and copies
 * between registers are the compiler's choice and count for nothing. Of an instruction that is new
 * orig_ended is set, of one that is gone ended, with offset where it would be. Returns false, with
 * an empty list, where that leaves nothing, or too much (too_many). The list is freed with free().
 */
bool find_code_changes(struct diff *diff, const struct section *orig, const struct section *sec,
		       struct code_changes *changes);

/*
 * find_first_change - the first of these; before it one that calls a clone of a function in the
 * place of the function or of another clone; where there is none, find_difference()
 */
bool find_first_change(struct diff *diff, const struct section *orig, const struct section *sec,
		       struct difference *first);

#endif /* CODE_CHANGES_H */
