/* SPDX-License-Identifier: GPL-2.0-only */
/* DO_ONCE() of linux/once.h: does it do the same as before. */
#ifndef CORRELATE_ONCE_H
#define CORRELATE_ONCE_H

#include "mentions.h"

struct diff;

/* once_variable - the section of the variable that the call may work with, 0: it is none. */
uint32_t once_variable(const struct object *obj, const struct rela *rela);

/* same_once - whether both begin, or both end, the same work; one of each object */
bool same_once(struct diff *diff, const struct mention *a, const struct mention *b);

/*
 * judge_once_states - part what was paired by name or place and is not the same call's
 *
 * The state of a DO_ONCE() that is to do something else now is not that of the one before, be it
 * the only one of the function, or at the same place.
 */
void judge_once_states(struct diff *diff, const struct mentions *orig,
		       const struct mentions *patched);

#endif /* CORRELATE_ONCE_H */
