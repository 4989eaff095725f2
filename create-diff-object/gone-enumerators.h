/* SPDX-License-Identifier: GPL-2.0-only */
/* Enumerators that the patched object no longer has. */
#ifndef GONE_ENUMERATORS_H
#define GONE_ENUMERATORS_H

#include "collected-types.h"

#include <stdio.h>

/*
 * tell_gone_enumerators - write a line of compare_types() for each enumerator that is gone from its
 * enumeration, and for each enumeration that is gone
 *
 * Not where another name has the value there, nor of what counts the others. An
 * enumeration that nothing uses is not in the debug information either: one is told as gone where
 * the source was changed at its place, and as one that may be (ENUM_MAY_BE_GONE) where it is
 * the unit's own.
 */
void tell_gone_enumerators(const struct types *orig, const struct types *patched, FILE *out);

#endif /* GONE_ENUMERATORS_H */
