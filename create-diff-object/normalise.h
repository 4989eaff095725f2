/* SPDX-License-Identifier: GPL-2.0-only */
/* What the steps of normalise() share. */
#ifndef NORMALISE_H
#define NORMALISE_H

#include "object.h"

/* The symbols that cover something, sorted by section and place; none is inside of another. */
struct covers {
	uint32_t *symbols;
	size_t *first; /* per section; one more than there are sections */
};

/*
 * decode_all - read the instructions of all code, before it is cut
 *
 * A branch that leaves its function gets a relocation, and each pc-relative relocation
 * its bias. Exits with EXIT_ERROR where an instruction is unknown.
 */
void decode_all(struct object *obj, const struct covers *covers);

#endif /* NORMALISE_H */
