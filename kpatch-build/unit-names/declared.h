/* SPDX-License-Identifier: GPL-2.0-only */
/* What a declaration or directive of a header declares, as it stands there. */
#ifndef UNIT_NAMES_DECLARED_H
#define UNIT_NAMES_DECLARED_H

#include "kpatch-build/compare-unit/items.h"

/*
 * Calls fn for each name that the item can declare. Returns false if that is not certain, or the
 * item can make code or data without being asked for.
 */
bool declared_names(const struct item *item, text_name_fn fn, void *data);

/* Whether a line's directive begins with the word: "if" is ifdef, too. */
bool directive_is(const struct token *line, const char *word);

#endif
