/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_FIELDS_H
#define KPATCH_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#include "kpatch/running.h"

/*
 * A field has one value where the code was loaded: an address, a distance, a relocation. It is
 * put into the bytes before they are compared.
 */
bool is_field(const struct kpatch_shipped_site *site);

/*
 * Put the value of @site into @code, which is what @site counts from, and is loaded at @address;
 * @seen is what stands in memory, for fields of which several values are good. False with *@problem
 * as of running_find_target().
 */
bool field_apply(const struct running *running, const struct shipped_record *record,
		 const struct kpatch_shipped_site *site, uint64_t address, unsigned char *code,
		 const unsigned char *seen, char **problem);

#endif /* KPATCH_FIELDS_H */
