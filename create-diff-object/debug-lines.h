/* SPDX-License-Identifier: GPL-2.0-only */
/* Source lines, inlined functions and variables by address. */
#ifndef DEBUG_LINES_H
#define DEBUG_LINES_H

#include "debug-file.h"
#include "line-table.h"

#include <stdio.h>

struct debug_range;
struct debug_unit;

struct debug_lines {
	const struct debug_file *file;
	struct debug_unit *units;
	size_t nr_units, max_units;
	struct line_table table;
	struct debug_range *ranges; /* of functions and variables */
	size_t nr_ranges, max_ranges;
};

/* read_debug_lines - index @file, which has to stay open. */
void read_debug_lines(struct debug_lines *lines, const struct debug_file *file);

/*
 * tell_origin - write a line about @address (debug_address()) to @out: source file and line,
 * then for each function that is inlined there, the innermost first, its name, file and line,
 * and the file and line of the call; with tabs between them
 *
 * What is not known is left empty, lines are 0 then. For a variable, where it is declared.
 */
void tell_origin(struct debug_lines *lines, uint64_t address, FILE *out);

/*
 * find_inlined - the function that is inlined at @address, the innermost of several being level 0:
 * its name, and the file that declares it; false where none is. Both belong to libdwarf.
 */
bool find_inlined(const struct debug_lines *lines, uint64_t address, unsigned int level,
		  const char **name, const char **file);

#endif /* DEBUG_LINES_H */
