/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where code refers to the static locals that names and users do not tell apart, and what else it
 * refers to there. A stretch is code from one jump, or place that is jumped to, up to the next.
 */
#ifndef MENTIONS_H
#define MENTIONS_H

#include "object.h"
#include "once-work.h"

/* That a stretch refers to a variable. */
struct mention {
	uint32_t symbol; /* the variable */
	const struct section *sec;
	const struct rela *from, *end; /* up to the call that gets the variable */
	const char *user; /* the function that the stretch is of, without the compiler's suffixes */
	size_t length;
	enum once_place once; /* of what DO_ONCE() keeps */
	struct once_work work; /* with ONCE_END */
};

struct variable {
	struct symbol *sym;
	const struct mention *mentions; /* by function, then by place */
	size_t nr;
};

/* Those of one object. */
struct mentions {
	struct object *obj;
	bool **begins; /* by section, of those that matter: where a stretch begins */
	struct mention *mention;
	size_t nr_mentions, max_mentions;
	struct variable *variable; /* by kind, those of one kind by function, then by place */
	size_t nr;
};

/*
 * mentioned_variable - the variable that @rela refers to, 0: none that is looked at
 *
 * Those are without a twin, or belong to DO_ONCE().
 */
uint32_t mentioned_variable(const struct object *obj, const struct rela *rela);

/* compare_users - order mentions by function; 0: of one. */
int compare_users(const struct mention *a, const struct mention *b);

/* compare_kinds - order variables; 0: they can be the same by name and size. */
int compare_kinds(const struct variable *a, const struct variable *b);

/*
 * next_beside - what stands beside the variable, one by one; NULL behind the last
 *
 * That is what the stretch refers to, and with DO_ONCE() all that is done there, whatever
 * stretches that has. *@at is 0 at first.
 */
const struct rela *next_beside(const struct mention *mention, size_t *at);

/* find_mentions - free with free_mentions(). */
void find_mentions(struct mentions *mentions, struct object *obj);
void free_mentions(struct mentions *mentions);

#endif /* MENTIONS_H */
