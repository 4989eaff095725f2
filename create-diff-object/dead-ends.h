/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions that never return. */
#ifndef DEAD_ENDS_H
#define DEAD_ENDS_H

#include "object.h"

/* What is known of an object's sections so far: each is decoded once, however often it is called. */
struct dead_ends {
	const struct object *obj;
	uint8_t *functions, *parts; /* per section: an enum ending */
};

/* dead_ends_init - @obj has to stay as it is until dead_ends_free(). */
void dead_ends_init(struct dead_ends *d, const struct object *obj);
void dead_ends_free(struct dead_ends *d);

/*
 * never_returns - whether the code of section @index cannot come back to its caller
 *
 * False where that cannot be told. A jump to an unlikely part is followed, if that part
 * does not jump anywhere.
 */
bool never_returns(const struct dead_ends *d, uint32_t index);

#endif /* DEAD_ENDS_H */
