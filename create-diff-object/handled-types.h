/* SPDX-License-Identifier: GPL-2.0-only */
/* KPATCH_TYPE_HANDLED: types whose old objects the author of the patch has thought of. */
#ifndef HANDLED_TYPES_H
#define HANDLED_TYPES_H

#include "object.h"

struct handled_type {
	const char *name, *how; /* as the patch spells them */
	const struct section *sec; /* where the declaration is */
	uint64_t offset;
	bool used;
};

struct handled_types {
	struct handled_type *list;
	size_t nr, max;
};

/* read_handled_types - exits with EXIT_ERROR where a record is none. */
void read_handled_types(struct handled_types *handled, const struct object *obj);

/* find_handled - how the type is handled, NULL: the patch does not say */
const char *find_handled(struct handled_types *handled, const char *name);

/* check_handled_types - a finding for each that names no type that changed. */
void check_handled_types(struct diff *diff, const struct handled_types *handled);
void free_handled_types(struct handled_types *handled);

#endif /* HANDLED_TYPES_H */
