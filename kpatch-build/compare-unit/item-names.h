/* SPDX-License-Identifier: GPL-2.0-only */
/* Which items of a text declare a name: a hash table of lists. */
#ifndef COMPARE_UNIT_ITEM_NAMES_H
#define COMPARE_UNIT_ITEM_NAMES_H

#include "kpatch-build/compare-unit/items.h"

struct declaration {
	const struct token *name;
	size_t item;
	size_t next; /* 0: none */
	bool inner; /* a tag or an enumerator inside of the item */
};

struct item_names {
	size_t *heads;
	size_t mask;
	struct declaration *list;
	size_t n, room;
};

/* Without of_others, what makes something by itself is left out: it is not asked for by its name.
 * With it, static functions are. */
struct item_names item_names_of(const struct items *items, bool of_others);
/* The next declaration of a name behind another one, or the first behind 0; 0 if there is none. */
size_t item_names_find(const struct item_names *names, const struct token *name, size_t after);
void item_names_free(struct item_names *names);

#endif
