/* SPDX-License-Identifier: GPL-2.0-only */
/* Structures that the patched object no longer has, and what objects of them are taken for now. */
#ifndef GONE_STRUCTS_H
#define GONE_STRUCTS_H

#include "collected-types.h"
#include "type-holders.h"

/* What is asked of both objects for the first that is gone; zero before. */
struct gone_structs {
	const struct types *orig, *patched;
	struct holders old, new;
	bool listed;
};

/*
 * find_successor - the structure that stands for one of the original that is gone, or NULL
 *
 * Gone is what the patched source does not declare any more; what is only not used any more is
 * not. The one of the same place and much the same members stands for it, else the one that a
 * variable, a parameter or the result of a function is of that was of the old one, else a new
 * one that a function has that had the old one, else the new one at its place.
 * *@holder is what is of another type now that is none of all of these, or NULL.
 */
const struct type *find_successor(struct gone_structs *gone, const struct type *old,
				  const struct holder **holder);

void free_gone_structs(struct gone_structs *gone);

#endif /* GONE_STRUCTS_H */
