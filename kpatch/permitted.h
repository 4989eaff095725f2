/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_PERMITTED_H
#define KPATCH_PERMITTED_H

#include <stdbool.h>
#include <stdint.h>

#include "kpatch/running.h"

/* Code of the file and of memory side by side. */
struct beside {
	const struct running *running;
	const struct shipped_record *record;
	uint64_t address; /* of the first byte in memory */
	unsigned char *expected; /* with the values of fields where they were loaded */
	const unsigned char *seen; /* in memory */
};

/*
 * The longest of the alternatives that begin where @site, number @index of the record, does, if it
 * is one: the kernel fills all of them up to there (apply_alternatives(), Linux 6.3), so that NOPs
 * may reach over the end of a shorter one. Else its own length.
 */
uint32_t filled_length(const struct shipped_record *record, uint32_t index);

/*
 * Whether the @length bytes at @site, which is no field (is_field()), are those of the file or one
 * of the forms that the kernel gives them (kmod/patch/kpatch-shipped.h).
 */
bool is_permitted(const struct beside *beside, const struct kpatch_shipped_site *site,
		  uint32_t length);

#endif /* KPATCH_PERMITTED_H */
