/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_OUTLIVES_H
#define KPATCH_OUTLIVES_H

#include <stdbool.h>

#include "kpatch/files.h"

/*
 * Addresses in a patch module that may be kept by what outlives it: a timer, a thread, an open
 * file. kpatch-build names them in a note of the module (kmod/patch/kpatch-info.h), which stays in
 * memory with it.
 */

/*
 * Those of the loaded module @name; the caller frees the list. Empty: there are none, or the module
 * does not tell. A note that cannot be read counts as one of them.
 */
struct names outlives_names(const char *name);

/* Some of @names in words, "a, b and 3 more"; the caller frees them. */
char *outlives_words(const struct names *names);

/*
 * Whether the module @name must not be removed without being told to: then an error says why
 * ([address-outlives]).
 */
bool outlives_refuse(const char *name);

/* The same of one that is disabled and in the way of a load of its name. */
bool outlives_refuse_anew(const char *name);

/*
 * Whether the module @name must stay after a load that came to nothing: its code has run meanwhile.
 * Then a note says so.
 */
bool outlives_note_stays(const char *name);

#endif /* KPATCH_OUTLIVES_H */
