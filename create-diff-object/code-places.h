/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Data that leads into the middle of functions: tables of labels, for "goto *table[i]". They
 * belong to the code that they were compiled with.
 */
#ifndef CODE_PLACES_H
#define CODE_PLACES_H

#include "object.h"

/* leads_inside - whether @rela is a reference into the middle of a function. */
bool leads_inside(const struct object *obj, const struct rela *rela);

/*
 * find_code_places - by data section, the function (its section) into which it leads, 0: none
 *
 * Of several functions it is the last. Owned by the caller.
 */
uint32_t *find_code_places(const struct object *obj);

#endif /* CODE_PLACES_H */
