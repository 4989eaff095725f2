/* SPDX-License-Identifier: GPL-2.0-only */
/* The source files that a compilation unit was made from. */
#ifndef DEBUG_SOURCE_H
#define DEBUG_SOURCE_H

#include "debug-die.h"
#include "debug-file.h"

/* Belongs to libdwarf, until its Dwarf_Debug is closed. */
struct debug_source {
	const char *directory; /* where the compiler ran */
	char **files;
	Dwarf_Signed nr_files;
	bool counts_from_zero; /* DWARF 5, section 6.2.4; before, file 1 is the first */
};

/* read_debug_source - what is not known stays empty. */
void read_debug_source(struct debug_source *source, const struct debug_file *file, Dwarf_Die unit);

/* relative_name - a file's name relative to where the compiler ran, as a patch has it. */
const char *relative_name(const struct debug_source *source, const char *file);

/*
 * numbered_file - the file, as relative_name(), of a number as attributes and rows of the line
 * table have it, or NULL
 */
const char *numbered_file(const struct debug_source *source, uint64_t number);

/* source_file - the file, as relative_name(), that an attribute of @die tells, or NULL. */
const char *source_file(const struct debug_source *source, Dwarf_Die die, Dwarf_Half attr);

#endif /* DEBUG_SOURCE_H */
