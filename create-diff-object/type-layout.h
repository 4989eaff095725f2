/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Layouts of types as numbers that are equal where size and members are, in whatever order
 * and at whatever place the compiler describes the types.
 */
#ifndef TYPE_LAYOUT_H
#define TYPE_LAYOUT_H

#include "debug-die.h"

struct layouts {
	Dwarf_Debug dbg;
	void *known; /* a tree, see tsearch(3) */
};

/*
 * layout_of_members - of a structure or union; its own name and size do not count, the byte order
 * that the types of its members say does
 */
uint64_t layout_of_members(struct layouts *layouts, Dwarf_Die die);

/*
 * layout_of_type - of the type that an entry has, 0 for void
 *
 * Named structures, unions and enumerations are told by name: where their own layout
 * changed, they are found themselves. Qualifiers (const and the like) do not count.
 */
uint64_t layout_of_type(struct layouts *layouts, Dwarf_Die die);

/*
 * byte_order_of_type - a number that is another one where the type that an entry has, or one of its
 * elements or members, says another order of bytes by its name, or says none any more
 *
 * To the compiler that is nothing, and layout_of_type() does not tell. What has a name of its own
 * tells its members' itself.
 */
uint64_t byte_order_of_type(struct layouts *layouts, Dwarf_Die die);

/* layout_of_prototype - of a function: what it returns and takes, names left out */
uint64_t layout_of_prototype(struct layouts *layouts, Dwarf_Die die);

void free_layouts(struct layouts *layouts);

#endif /* TYPE_LAYOUT_H */
