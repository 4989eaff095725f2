/* SPDX-License-Identifier: GPL-2.0-only */
/* What the process that reads the debug information found out about types. */
#ifndef TYPE_CHANGES_H
#define TYPE_CHANGES_H

#include "object.h"

struct debug_info;

/* See tell_uses(). */
enum type_use_kind { USE_FRAME = 'v', USE_FUNCTION = 'f', USE_OTHER = 'o' };

struct type_use {
	enum type_use_kind how;
	bool orig; /* in the original, else in the patched object */
	uint64_t address; /* debug_address() of the function's code; 0: none */
	const char *name;
};

/* A line of compare_types(), with the uses of that type. */
struct type_change {
	char *line; /* what the rest points into */
	const char *id, *file, *key, *text;
	uint64_t number; /* of the line in the source */
	bool moved; /* a member that was there is not what or where it was */
	struct type_use *uses;
	size_t nr_uses, max_uses;
};

enum types_state { TYPES_AWAITED, TYPES_COMPARED, TYPES_MISSING, TYPES_FAILED };

struct type_changes {
	struct type_change *list;
	size_t nr, max;
	char **lines; /* of uses, which those point into */
	size_t nr_lines, max_lines;
	enum types_state state; /* TYPES_COMPARED: both objects have debug information of all */
};

/*
 * add_type_line - read a line that the process wrote: of a type, or of a use of one of those
 * before it; belongs to @changes from then on
 */
void add_type_line(struct type_changes *changes, char *line);
void free_type_changes(struct type_changes *changes);

#endif /* TYPE_CHANGES_H */
