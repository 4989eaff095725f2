/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Macros that the other state of a header may define where they were none.
 *
 * The text of a unit tells each macro that was expanded or asked for, but not each word that would
 * have been one: #x makes a string of it, a##x another word, and __is_defined(x) nothing at all.
 */
#ifndef UNIT_NAMES_NEW_MACROS_H
#define UNIT_NAMES_NEW_MACROS_H

#include "kpatch-build/compare-unit/items.h"

/* Lines #define and #undef of items. All zeros is an empty list. */
struct definitions {
	struct definition *list;
	size_t n, room;
};

void definitions_add(struct definitions *definitions, const struct item *item);
/* Calls fn for each macro that is defined in @patched, or no longer undefined, and was not
 * certainly defined by @original in the same way. Both are from one place, with no condition
 * between, and empty afterwards. */
void new_macros(struct definitions *original, struct definitions *patched, text_name_fn fn,
		void *data);
void definitions_free(struct definitions *definitions);

#endif
