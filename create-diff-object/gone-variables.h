/* SPDX-License-Identifier: GPL-2.0-only */
/* Variables that the patched object no longer has, and what may stand for them. */
#ifndef GONE_VARIABLES_H
#define GONE_VARIABLES_H

#include "collected-types.h"

#include <stdio.h>

/*
 * tell_gone_variables - write a line of compare_types() for each variable that is gone while a new
 * one has its type: the nearest of the same function, else of the same file
 *
 * Each new one is told with one that is gone. Constants and unused variables are among them.
 */
void tell_gone_variables(const struct types *orig, const struct types *patched, FILE *out);

#endif /* GONE_VARIABLES_H */
