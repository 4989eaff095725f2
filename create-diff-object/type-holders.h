/* SPDX-License-Identifier: GPL-2.0-only */
/* What functions have structures in: parameters, variables, results. */
#ifndef TYPE_HOLDERS_H
#define TYPE_HOLDERS_H

#include "debug-die.h"

#include <stddef.h>

/* One of a function, which is of a structure, of a pointer to one, or of an array of them. */
struct holder {
	const char *function, *name; /* libdwarf's; "": what the function returns */
	Dwarf_Off of; /* the entry of the structure or union; 0: it is of something else */
	const char *of_name; /* libdwarf's */
};

struct holders {
	struct holder *list;
	size_t nr, max;
};

/*
 * list_holders - all of one object; @holders->list is allocated
 *
 * What has no place is among them: the compiler describes it where the function is described
 * for all places that it is inlined in.
 */
void list_holders(struct holders *holders, Dwarf_Debug dbg);

#endif /* TYPE_HOLDERS_H */
