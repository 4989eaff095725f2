/* SPDX-License-Identifier: GPL-2.0-only */
/* What compilers call the parts and clones of a function. */
#ifndef PART_NAMES_H
#define PART_NAMES_H

#include <stddef.h>

/*
 * parent_length - length of the name of the function that a part was cut from
 *
 * Handles .cold, .part.N, .isra.N, .constprop.N and combinations of them
 * ("f.constprop.0.cold" belongs to "f"), and the __pfx_ and __cfi_ prefixes, for
 * which *@start is moved. A name that is no part is its own parent.
 */
size_t parent_length(const char **start);

#endif /* PART_NAMES_H */
