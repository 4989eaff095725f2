/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_BLOCKERS_H
#define KPATCH_BLOCKERS_H

#include <stdbool.h>
#include <stddef.h>

#include "kpatch/functions.h"

/* A task in the way of a patch, or in code that the patch has replaced. */
struct blocker {
	char *pid; /* of the thread, decimal */
	char *command; /* printable */
	char *function; /* that it is in, NULL when that is not known */
	char *place; /* where it stands, in words */
};

/* Starts as { 0 }; freed by _cleanup_(blockers_free). */
struct blockers {
	struct blocker *items;
	size_t count;
};

/*
 * Append a task; @function (or NULL) is copied, @place is taken over. Exits when memory is out.
 */
void blockers_add(struct blockers *blockers, const char *pid, const char *command,
		  const char *function, char *place);
void blockers_free(struct blockers *blockers);

/*
 * The tasks that keep the livepatch @name from becoming patched (or, with @patched false,
 * unpatched). The caller frees the list.
 */
struct blockers blockers_find(const char *name, bool patched);

/*
 * The tasks that are in one of @functions, as /proc/PID/stack tells: in the code that a patch in
 * effect has replaced, which is so after a transition that was forced. The caller frees the list.
 */
struct blockers blockers_in_functions(const struct functions *functions);

/* The states and stacks of other tasks can be read: for root, where the kernel has stacks. */
bool blockers_can_be_found(void);

/* Name the first of them on standard error, a line a task. */
void blockers_show(const struct blockers *blockers);

/* The same to standard output, where @what says which code they run. */
void blockers_tell(const struct blockers *blockers, const char *what);

#endif /* KPATCH_BLOCKERS_H */
