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
 * Whether the bytes at @site, which is no field (is_field()), are those of the file or one of the
 * forms that the kernel gives them (kmod/patch/kpatch-shipped.h).
 */
bool is_permitted(const struct beside *beside, const struct kpatch_shipped_site *site);

#endif /* KPATCH_PERMITTED_H */
