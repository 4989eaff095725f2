/* SPDX-License-Identifier: GPL-2.0-only */
/* Short forms of what is asked of debugging information entries. */
#ifndef DEBUG_DIE_H
#define DEBUG_DIE_H

#include <libdwarf/dwarf.h>
#include <libdwarf/libdwarf.h>
#include <stdbool.h>
#include <stdint.h>

/* unsigned_attribute - the value of a constant attribute; false where it is not there. */
bool unsigned_attribute(Dwarf_Die die, Dwarf_Half attr, Dwarf_Unsigned *value);
uint64_t unsigned_or_zero(Dwarf_Die die, Dwarf_Half attr);

/* signed_attribute - the same, of a value that may be below 0. */
bool signed_attribute(Dwarf_Die die, Dwarf_Half attr, int64_t *value);

/* has_attribute - whether the attribute is there; a flag may be there without a value. */
bool has_attribute(Dwarf_Die die, Dwarf_Half attr);

/* fixed_address - the address of a variable that has a fixed one, or 0. */
uint64_t fixed_address(Dwarf_Die die);

/* die_name - the name, "" where there is none. */
const char *die_name(Dwarf_Die die);

/* die_string - an attribute that is text, "" where there is none. */
const char *die_string(Dwarf_Die die, Dwarf_Half attr);

Dwarf_Half die_tag(Dwarf_Die die);

/* referred_offset - where the entry is that a reference attribute leads to. */
bool referred_offset(Dwarf_Die die, Dwarf_Half attr, Dwarf_Off *offset);

/* die_at - the entry at an offset, referred_die - that of a reference attribute, or NULL. */
Dwarf_Die die_at(Dwarf_Debug dbg, Dwarf_Off offset);
Dwarf_Die referred_die(Dwarf_Debug dbg, Dwarf_Die die, Dwarf_Half attr);

/*
 * first_child, next_sibling - NULL where there is no more
 *
 * next_sibling() frees @die: a loop that goes on to its end keeps one entry at a time.
 */
Dwarf_Die first_child(Dwarf_Die die);
Dwarf_Die next_sibling(Dwarf_Debug dbg, Dwarf_Die die);

/* next_unit - the entry of the next compilation unit, beginning with the first, or NULL. */
Dwarf_Die next_unit(Dwarf_Debug dbg);

#endif /* DEBUG_DIE_H */
