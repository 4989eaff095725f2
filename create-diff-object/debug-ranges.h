/* SPDX-License-Identifier: GPL-2.0-only */
/* The addresses that the code of a function, or of an inlined copy of one, has. */
#ifndef DEBUG_RANGES_H
#define DEBUG_RANGES_H

#include "debug-die.h"
#include "debug-file.h"

/* One range of addresses of an entry; false ends the enumeration. */
typedef bool (*range_fn)(void *ctx, uint64_t low, uint64_t high);

/* each_range - call @fn for each range of @die, in the order of the debug information. */
void each_range(Dwarf_Debug dbg, Dwarf_Die die, range_fn fn, void *ctx);

/* first_address - where the first range begins; 0: the entry has no code. */
uint64_t first_address(Dwarf_Debug dbg, Dwarf_Die die);

/*
 * function_at - the entry of the function that begins at @address (debug_address()), with its
 * code; NULL: there is none
 */
Dwarf_Die function_at(const struct debug_file *file, uint64_t address);

#endif /* DEBUG_RANGES_H */
