/* SPDX-License-Identifier: GPL-2.0-only */
/* Who refers to something, where that has to be asked of many. */
#ifndef USERS_H
#define USERS_H

#include "object.h"

/* A reference of code or of a table entry. */
struct user {
	uint32_t section;
	uint32_t rela; /* index into its relocations */
};

/*
 * find_users - the references to a section, in the order of the object; *@nr of them
 *
 * Meant for after normalise(): all are found with the first question, and belong to @obj.
 */
const struct user *find_users(struct object *obj, uint32_t target, size_t *nr);

void free_users(struct object *obj);

/* is_private - whether nobody outside of the object can know a function, and it has one entry */
bool is_private(const struct object *obj, uint32_t function);

/* is_stored - whether data, or what is not known, may hand a function's address to anybody */
bool is_stored(const struct object *obj, uint32_t function);

#endif /* USERS_H */
