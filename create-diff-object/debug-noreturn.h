/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls that do not come back. */
#ifndef DEBUG_NORETURN_H
#define DEBUG_NORETURN_H

#include "debug-file.h"

/*
 * calls_no_noreturn - whether the function at @address (debug_address()) has its calls in the debug
 * information, and none is of a function that is declared noreturn
 *
 * False where that is not known.
 */
bool calls_no_noreturn(const struct debug_file *file, uint64_t address);

#endif /* DEBUG_NORETURN_H */
