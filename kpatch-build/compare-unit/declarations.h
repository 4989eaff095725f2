/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What code in Rust knows of C, and whether a patch changes it.
 *
 * bindgen makes it of the declarations and of the macros without parameters in a text: all that has
 * a name which Rust code mentions, and what this is made of in turn. Bodies of functions are not
 * looked at, nor what parameters are called, nor in which order things are declared, except where
 * bindgen does: a macro has the value that is known where it stands, and the type of an enumeration
 * is another one if it is used before.
 */
#ifndef COMPARE_UNIT_DECLARATIONS_H
#define COMPARE_UNIT_DECLARATIONS_H

#include "kpatch-build/compare-unit/rust-names.h"

/* Of a declaration without a name, these are "?". */
struct declared_change {
	char *name;
	char *by; /* the name by which Rust code comes to it */
	char *file; /* where it stands, as the compiler calls it */
};

/* The texts, with the directives of -dD, are cut already, and the directives are taken out of them.
 * False if nothing differs; else the change is to be freed. */
bool declarations_differ(struct text *original, struct text *patched, const struct rust_names *rust,
			 struct declared_change *change);
void declared_change_free(struct declared_change *change);

#endif
