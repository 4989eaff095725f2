/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What of a unit's text changed, and whom it is for: code that runs, or code of init and exit.
 *
 * That is asked where an object's init code changed. Where its own text did not, the change is that
 * of a function that the compiler put into it. In doubt it is none of that.
 */
#ifndef COMPARE_UNIT_CHANGED_ITEMS_H
#define COMPARE_UNIT_CHANGED_ITEMS_H

#include "kpatch-build/compare-unit/items.h"

enum changed_item {
	CHANGED_FUNCTION, /* a function, or a prototype of one, that running code uses */
	CHANGED_ELSEWHERE, /* one of a header, which running code of this unit does not use */
	CHANGED_INIT, /* of a section of init or exit code, or used only there */
	CHANGED_OTHER, /* anything else that could change other code */
};

typedef void (*changed_item_fn)(void *data, const struct item *item, enum changed_item how);

/*
 * Called for each item that was reached in a text, and for which the other one has none of the same
 * tokens; not for what is declared and named only in others of these. Numbers that the preprocessor
 * counts in names make no difference.
 */
void changed_items(const struct text *one, const struct items *a, const struct text *two,
		   const struct items *b, changed_item_fn fn, void *data);

#endif
