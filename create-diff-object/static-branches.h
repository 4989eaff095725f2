/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a static branch is written. */
#ifndef STATIC_BRANCHES_H
#define STATIC_BRANCHES_H

#include "report.h"

/*
 * branching_function - the function that has the branch at @spot in its source, for a message
 *
 * ", in f() which is inlined there,", or "" where it is the one that has it in its code; owned by
 * the caller.
 */
char *branching_function(const struct diff *diff, struct spot spot);

#endif /* STATIC_BRANCHES_H */
