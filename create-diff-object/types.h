/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TYPES_H
#define TYPES_H

#include "object.h"

/*
 * check_types - find structures and unions of the source file whose layout changed
 *
 * Objects of such a type may exist in the running kernel, laid out in the old way.
 * Compares by name, size and members, from the debug information of both objects;
 * only types that the source file itself declares, not those of headers. Adds a
 * finding for each. Does nothing where an object has no debug information.
 */
void check_types(struct diff *diff);

#endif /* TYPES_H */
