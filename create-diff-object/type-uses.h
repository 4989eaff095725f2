/* SPDX-License-Identifier: GPL-2.0-only */
/* Who uses the types that changed: from the debug information of one object. */
#ifndef TYPE_USES_H
#define TYPE_USES_H

#include "debug-file.h"

#include <stdio.h>

/* More changed types than any patch has; of the others nobody knows who uses them. */
#define MAX_USED_TYPES 64

/* Where no entry is: that object has no such type. */
#define NO_TYPE 0

struct used_type {
	Dwarf_Off offset; /* of its entry in this object, or NO_TYPE */
	size_t line; /* its number in what is told */
};

/*
 * tell_uses - write a line to @out for each use of a type: "use", the number of the type's line,
 * @side, how, the address of the function's code (debug_address(), hexadecimal; 0: none), and a
 * name, with tabs between them
 *
 * How it is used:
 *   v  a variable of a function is of the type, which is given up with the function's frame
 *   f  the function uses it in another way: through a pointer, as what it takes or returns
 *   o  something else than a function has it, so that objects may be anywhere: a
 *      variable with a fixed place, a member of another type, a pointer
 * What is inlined into a function counts as its own.
 */
void tell_uses(const struct debug_file *file, char side, const struct used_type *types, size_t nr,
	       FILE *out);

#endif /* TYPE_USES_H */
