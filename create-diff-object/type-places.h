/* SPDX-License-Identifier: GPL-2.0-only */
/* Where declarations stand in the source, told by those around them. */
#ifndef TYPE_PLACES_H
#define TYPE_PLACES_H

#include "collected-types.h"

/* is_edited - whether lines came or went between the declarations around one of @types. */
bool is_edited(const struct types *types, const struct types *others, const struct type *type);

/* is_last - whether nothing that both have is declared behind it, so that nobody knows about that. */
bool is_last(const struct types *types, const struct types *others, const struct type *type);

/*
 * is_in_place_of - whether one of the patched object stands where one of the original stood: both
 * between the same declarations
 */
bool is_in_place_of(const struct types *orig, const struct type *old, const struct types *patched,
		    const struct type *new);

/* is_of_unit - whether something is declared in the source file itself, not in a header. */
bool is_of_unit(const struct types *types, const struct type *type);

#endif /* TYPE_PLACES_H */
