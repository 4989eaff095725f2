/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the copies of an inlined function are. */
#ifndef DEBUG_COPIES_H
#define DEBUG_COPIES_H

#include "debug-file.h"

#include <stdio.h>

struct debug_copy;
struct debug_lines;

/* All inlined copies of one object. */
struct debug_copies {
	const struct debug_file *file;
	struct debug_copy *list;
	size_t nr, max;
};

/* read_debug_copies - list the copies in @file, which has to stay open. */
void read_debug_copies(struct debug_copies *copies, const struct debug_file *file);

/*
 * tell_copies - write a line to @out for each copy of the function that is inlined at @address of
 * @lines (find_inlined()), in each of the @nr objects: @sides[i], the address of the code of the
 * function that it is in (debug_address(), hexadecimal; 0: none) and the name of that, with tabs
 * between them; then a line "."
 */
void tell_copies(const struct debug_lines *lines, uint64_t address, unsigned int level,
		 const struct debug_copies *copies, const char *sides, size_t nr, FILE *out);

#endif /* DEBUG_COPIES_H */
