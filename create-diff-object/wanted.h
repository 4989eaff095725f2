/* SPDX-License-Identifier: GPL-2.0-only */
/* The names that two objects may have to find elsewhere. */
#ifndef WANTED_H
#define WANTED_H

#include "names.h"
#include "object.h"

struct wanted {
	struct names names;
	char **owned; /* names that no object has */
	size_t nr_owned, max_owned;
};

/*
 * find_wanted - the names of all symbols of both objects, and what they lead to
 *
 * A kernel has a hundred thousand symbols and exports, of which an object names a few
 * hundred. The objects have to outlive @wanted; free with free_wanted().
 */
void find_wanted(struct wanted *wanted, const struct object *orig, const struct object *patched);
void free_wanted(struct wanted *wanted);

/* is_wanted - whether a name of @length bytes is in @wanted; NULL stands for all names. */
bool is_wanted(const struct wanted *wanted, const char *name, size_t length);

#endif /* WANTED_H */
