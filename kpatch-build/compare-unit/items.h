/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The declarations and definitions of a unit, and which of them its object can depend on.
 *
 * A compiler makes nothing of a static inline function that nobody calls, of a type that nobody
 * uses or of a prototype that nobody names. Items are followed from what does make code or
 * data: each name in such an item leads to all items that declare this name. What is not
 * reached that way cannot change the object. In doubt an item is one that makes something.
 */
#ifndef COMPARE_UNIT_ITEMS_H
#define COMPARE_UNIT_ITEMS_H

#include "kpatch-build/compare-unit/text.h"

struct item {
	const struct token *tokens;
	size_t n;
	/* what it declares, or NULL if that is of no use */
	const struct token *name;
	bool root; /* makes something */
	bool kept; /* an attribute says that it stays, or names something else in a string */
	bool function; /* a definition */
	bool prototype; /* of functions, nothing but that */
	bool plain; /* besides, it declares nothing but what is in its braces */
	bool internal; /* static */
	bool directive; /* of the preprocessor */
	const struct token *body; /* the first brace, or NULL */
	bool reached;
};

struct items {
	struct item *list;
	size_t n, room;
};

/* Cut, and nothing reached. */
struct items items_cut(const struct text *text);
struct items items_of(const struct text *text);

/* Functions that the compiler calls on its own: what is declared with such a name is reached. */
void items_implicit(text_name_fn fn, void *data);

/* The first item that was reached in a text and is not the same in the other one; NULL if there
 * is none. */
const struct item *items_difference(const struct items *a, const struct items *b);
void items_free(struct items *items);

#endif
