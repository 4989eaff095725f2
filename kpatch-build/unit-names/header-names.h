/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The names of what differs between two states of a header.
 *
 * A header is cut into directives and declarations as it stands, without preprocessing. Where all
 * that differs are macros and declarations of which it is certain what they declare, and nothing
 * that is there whether its name is used or not, a unit that none of these names reaches compiles
 * to the same object (compare-unit/names.h). In doubt, nothing is known.
 */
#ifndef UNIT_NAMES_HEADER_NAMES_H
#define UNIT_NAMES_HEADER_NAMES_H

#include "kpatch-build/compare-unit/text.h"

struct name_listeners {
	text_name_fn name; /* some are told more than once, and more than there need be */
	text_name_fn macro; /* may be a macro that was none (new-macros.h); it is a name, too */
	void *data;
};

/*
 * The texts are changed: comments are taken out. Returns false if the names are not known; *why is
 * then the token, of one of the texts, at which what is not understood begins.
 */
bool header_names(struct text *original, struct text *patched,
		  const struct name_listeners *listeners, struct token *why);

#endif
