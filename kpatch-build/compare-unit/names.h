/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The names that the object of a unit can depend on.
 *
 * A declaration or macro of a header that has another name can change without the object (items.h):
 * the compiler does not ask for it. So a unit is known by its names, which are found once per
 * kernel, and a patch by those of what it changes.
 */
#ifndef COMPARE_UNIT_NAMES_H
#define COMPARE_UNIT_NAMES_H

#include <stdio.h>

#include "kpatch-build/compare-unit/items.h"

/* Names, as hashes of tokens. Two names of one hash cost a look at a unit, and nothing else. */
struct name_set {
	uint32_t *list;
	size_t n, room;
};

void names_add(struct name_set *names, const char *name, size_t length);
/* To be called before names_have() and names_write(). */
void names_sort(struct name_set *names);
bool names_have(const struct name_set *names, uint32_t hash);
void names_free(struct name_set *names);

/*
 * Names in the declarations and definitions that are reached, and macros that were expanded or
 * asked for: gcc's -dU writes them into the text, and -Wundef into its messages those of which it
 * only learns that they are none.
 */
struct name_set names_of_unit(const struct text *text, const struct items *items,
			      const struct text *messages);

/*
 * Each name takes NAMES_DIGITS digits, in order, with nothing between: the low 24 bits of its hash
 * to the base of 64, which are characters from '0' on. Of 10,000 names that a unit has, one in
 * 1,700 others seems to be one; all of a kernel's units take some 200 MB.
 */
#define NAMES_DIGITS 4

void names_write(FILE *file, const struct name_set *names);
/* Whether such digits have the name. */
bool names_in_digits(const char *digits, size_t length, uint32_t hash);

#endif
