/* SPDX-License-Identifier: GPL-2.0-only */
/* What is carried, and why: for people and for programs. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "debug-info.h"
#include "object.h"

/* Why something is carried. Texts are allocated unless they are said to be static. */
struct explanation {
	char *what; /* in words, without the place */
	/*
	 * Of a changed function: "own" code, "inlined" code of another one, or "clone", where it
	 * calls a clone in the place of the function or the other way round; else NULL; static text
	 */
	const char *cause;
	bool placed; /* whether offset, function and origin are set */
	const struct section *sec; /* where the reason is seen: itself, or who needs it */
	uint64_t offset; /* in that */
	struct origin origin;
	char *before, *after; /* the instruction or the reference that differs, or NULL */
};

/* Something in the diff object. */
struct item {
	const char *kind; /* "function", "variable", "constant", "string", …; static text */
	const char *status; /* "changed", "new", "copied" or NULL; static text */
	char *name;
	const char *owner; /* the function that it belongs to, or NULL */
	size_t count; /* of table entries; 1 for everything else */
	uint64_t size; /* in bytes, all together */
	struct explanation why;
};

struct items {
	struct item *item;
	size_t nr, max;
};

/* list_functions - the functions that are carried, in the order of the file, without reasons. */
void list_functions(struct diff *diff, struct items *items);

/* list_items - everything that is carried, functions first, with reasons. */
void list_items(struct diff *diff, struct items *items);
void free_items(struct items *items);

/*
 * each_removed - call @fn for each function that the patch takes away; it stays in the
 * kernel, where others may hold its address
 */
void each_removed(const struct diff *diff, void (*fn)(void *ctx, const char *name), void *ctx);

/* explanation_text - the reason with its place, as one line; allocated. */
char *explanation_text(const struct diff *diff, const struct explanation *why);

#endif /* EXPLAIN_H */
