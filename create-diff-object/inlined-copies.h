/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions that changed where they are inlined, and all the places where they are. */
#ifndef INLINED_COPIES_H
#define INLINED_COPIES_H

#include "object.h"

enum copy_state {
	COPY_CARRIED, /* in a function that is carried */
	COPY_SAME, /* in one whose code is what it was */
	COPY_INIT, /* in init code, which has run */
	COPY_REMOVED, /* in one that the patch takes away */
	COPY_UNPROVEN,
};

/* A function that has a copy. */
struct inlined_copy {
	char *name;
	enum copy_state state;
	unsigned int orig, patched; /* how many of them, in each object */
};

struct inlined_function {
	char *name, *file; /* where it is declared */
	/* a place where it is inlined */
	const struct object *obj;
	const struct section *sec;
	uint64_t offset;
	unsigned int level; /* 0: the innermost of those inlined there */
	bool innermost; /* it is at one of the places where it was found */
	struct inlined_copy *copies; /* set by check_inlined_copies() */
	size_t nr_copies, max_copies;
};

struct inlined_functions {
	struct inlined_function *list;
	size_t nr, max;
	const struct section *cut; /* of one that changed so much that some are left out, or NULL */
};

/*
 * inlined_functions - those that have an instruction in a replaced function that the source
 * changed: every function that is inlined there
 *
 * More are found than changed: what the compiler makes of a caller's change in an inlined function
 * counts as well, and those that one that changed is inlined into. Found when first asked for, and
 * kept in @diff.
 */
struct inlined_functions *inlined_functions(struct diff *diff);

/* inlined_in - the same of one function, allocated. */
struct inlined_functions *inlined_in(struct diff *diff, const struct section *sec);
void free_inlined_functions(struct inlined_functions *functions);

/*
 * changed_by_inlined - whether all that the source changed in code are functions of headers that
 * are inlined there and changed themselves: "f() of FILE", allocated, or NULL; of several, joined
 * by " and "
 *
 * Where @shown is false, one of them did not change in any code that is replaced: it may as well
 * be the call that changed.
 */
char *changed_by_inlined(struct diff *diff, const struct section *sec, bool *shown);

/*
 * check_inlined_copies - list the places of each, and a finding for a place that is neither in
 * a carried function nor in one whose code is what it was, or may be
 */
void check_inlined_copies(struct diff *diff);

/* copy_state_text - "carried" and so on. */
const char *copy_state_text(enum copy_state state);

#endif /* INLINED_COPIES_H */
