/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The names that the kernel's code in Rust mentions, one a line. Rust code can paste a name
 * together: a line with stars is such a name, and a star in it stands for any of the others, in
 * capitals or not.
 */
#ifndef COMPARE_UNIT_RUST_NAMES_H
#define COMPARE_UNIT_RUST_NAMES_H

#include "kpatch-build/compare-unit/text.h"

struct rust_names;

/* Ends the program if the file cannot be read. */
struct rust_names *rust_names_read(const char *file);
void rust_names_free(struct rust_names *names);

/* What C calls so, under the name that bindgen gives it: a keyword gets an underscore, and a
 * constant or a function that only helps bindgen loses what stands before it. */
bool rust_names_have(const struct rust_names *names, const struct token *name);
/* Of what stands inside of something else, bindgen puts the outer name before it:
 * ENUM_ENUMERATOR. */
bool rust_names_have_inner(const struct rust_names *names, const struct token *name);

#endif
