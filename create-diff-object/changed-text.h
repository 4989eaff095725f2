/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What of a unit's source differs, as the driver knows it: objects do not tell whether a function
 * is another one since its own text is, or since that of something is that the compiler put into it.
 */
#ifndef CHANGED_TEXT_H
#define CHANGED_TEXT_H

#include "object.h"

struct changed_name {
	const char *name; /* of a function */
	bool elsewhere; /* of a header, and in this unit only init code uses it */
};

struct changed_text {
	struct changed_name *list;
	size_t nr, max;
	/* init code changed itself, or something that is no function */
	bool more;
	char *bytes; /* what the names point into */
};

/*
 * load_changed_text - read what kpatch-build has found: a line "NAME HOW" for each declaration or
 * definition that the compiler sees changed; HOW is "function", "elsewhere", or whatever it is
 * besides
 *
 * Exits with EXIT_ERROR where there is no such file. Freed with free_changed_text().
 */
struct changed_text *load_changed_text(const char *path);
void free_changed_text(struct changed_text *text);

/* find_changed_name - the entry of a function or of what a clone was made of; NULL: none */
const struct changed_name *find_changed_name(const struct changed_text *text, const char *name);

#endif /* CHANGED_TEXT_H */
