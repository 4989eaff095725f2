/* SPDX-License-Identifier: GPL-2.0-only */
/* Prototypes without what does not count. */
#ifndef COMPARE_UNIT_PARAMETERS_H
#define COMPARE_UNIT_PARAMETERS_H

#include "kpatch-build/compare-unit/items.h"

/* Copies what declares the function, without the names of parameters and "extern"; there must be
 * room for all tokens of the item. Returns how many there are. */
size_t plain_prototype(struct token *to, const struct item *item);

#endif
