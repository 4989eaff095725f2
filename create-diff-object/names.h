/* SPDX-License-Identifier: GPL-2.0-only */
/* A map from names to numbers. */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zeros is an empty map. Names are not copied: they have to outlive the map. */
struct names {
	struct name_slot *slots;
	size_t nr, max;
};

/*
 * names_value - the number of @name, to be read or changed
 *
 * A name that is not there yet is added with the number 0. The pointer is good until
 * the next name is added.
 */
uint32_t *names_value(struct names *names, const char *name);

/* names_find - the number of the @length bytes at @name, NULL where they are not there. */
const uint32_t *names_find(const struct names *names, const char *name, size_t length);

void names_free(struct names *names);

#endif /* NAMES_H */
