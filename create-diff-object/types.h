/* SPDX-License-Identifier: GPL-2.0-only */
/* Structures and enumerations whose layout changed, and prototypes. */
#ifndef TYPES_H
#define TYPES_H

#include "debug-file.h"

#include <stdio.h>

/* The identifiers of functions whose prototype changed. */
#define PROTOTYPE_CHANGED	    "prototype-changed"
#define PROTOTYPE_OF_STATIC_CHANGED "prototype-of-static-changed"

/* Those of enumerators: values, values of those that count the others, and those that are gone. */
#define ENUM_CHANGED	   "enum-changed"
#define ENUM_COUNT_CHANGED "enum-count-changed"
#define ENUM_GONE	   "enum-gone"
#define ENUM_MAY_BE_GONE   "enum-may-be-gone"

/* A structure of which only names of members changed. */
#define MEMBER_RENAMED	   "member-renamed"
#define BYTE_ORDER_CHANGED "byte-order-changed"

/* A variable that is gone, and a new one of the same type. */
#define VARIABLE_GONE "variable-gone"

/*
 * compare_types - compare the types of both objects by name, size and members, those of
 * headers and of other source files that are included as well
 *
 * Writes a line for each that changed to @out: identifier, source file, line, 1 where a member that
 * was there is not what or where it was, else 0, what an author of a patch calls it, and text,
 * with tabs between them; of a function, be it of this file or only
 * declared, its name and what it takes or returns now; of a variable that is gone, its name and
 * that of the new one. The lines of tell_uses() follow. Returns false where an object has no debug
 * information of all its types.
 */
bool compare_types(const struct debug_file *orig, const struct debug_file *patched, FILE *out);

#endif /* TYPES_H */
