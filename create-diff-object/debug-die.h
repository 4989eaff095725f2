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

/* has_attribute - whether the attribute is there; a flag may be there without a value. */
bool has_attribute(Dwarf_Die die, Dwarf_Half attr);

/* die_name - the name, "" where there is none. */
const char *die_name(Dwarf_Die die);
Dwarf_Half die_tag(Dwarf_Die die);

/* referred_die - the entry that a reference attribute leads to, or NULL. */
Dwarf_Die referred_die(Dwarf_Debug dbg, Dwarf_Die die, Dwarf_Half attr);

/* first_child, next_sibling - NULL where there is no more. */
Dwarf_Die first_child(Dwarf_Die die);
Dwarf_Die next_sibling(Dwarf_Debug dbg, Dwarf_Die die);

/* next_unit - the entry of the next compilation unit, beginning with the first, or NULL. */
Dwarf_Die next_unit(Dwarf_Debug dbg);

#endif /* DEBUG_DIE_H */
