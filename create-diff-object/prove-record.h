/* SPDX-License-Identifier: GPL-2.0-only */
/* The records of .kpatch.shipped (kmod/patch/kpatch-shipped.h). */
#ifndef PROVE_RECORD_H
#define PROVE_RECORD_H

#include "object.h"

/*
 * shipped_records - the records of a replaced function of the original, and of its parts
 *
 * A function that is not proven has one that only names it. To be freed; *@size are
 * its bytes.
 */
void *shipped_records(const struct diff *diff, uint32_t index, size_t *size);

#endif /* PROVE_RECORD_H */
