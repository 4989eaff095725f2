/* SPDX-License-Identifier: GPL-2.0-only */
/* How a function gets what it is called with. */
#ifndef DEBUG_PARAMETERS_H
#define DEBUG_PARAMETERS_H

#include "debug-file.h"

/*
 * takes_registers - whether all parameters of the function at @address (debug_address()) come in
 * registers, and its result goes in one: at most six integers or pointers (System V ABI, AMD64
 * supplement, 3.2.3)
 *
 * False where that is not known.
 */
bool takes_registers(const struct debug_file *file, uint64_t address);

#endif /* DEBUG_PARAMETERS_H */
