/* SPDX-License-Identifier: GPL-2.0-only */
/* What other diff objects of the same patch replace: the differ sees one unit. */
#ifndef REPLACED_ELSEWHERE_H
#define REPLACED_ELSEWHERE_H

#include "object.h"

struct elsewhere_function {
	char *name; /* of the parent's symbol */
	uint64_t position; /* as the kernel counts, see parent_position() */
};

/* All zeros is an empty list. */
struct replaced_elsewhere {
	struct elsewhere_function *list;
	size_t nr, max;
};

/*
 * read_replaced - add the functions that the diff object @path replaces in the parent @parent
 *
 * Exits with EXIT_ERROR where it is none.
 */
void read_replaced(struct replaced_elsewhere *elsewhere, const char *path, const char *parent);

/* find_replaced - the entry of a name, or NULL; of each @position where that is negative. */
const struct elsewhere_function *find_replaced(const struct replaced_elsewhere *elsewhere,
					       const char *name, int position);

void free_replaced(struct replaced_elsewhere *elsewhere);

#endif /* REPLACED_ELSEWHERE_H */
