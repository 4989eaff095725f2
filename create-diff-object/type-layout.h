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

/* What a typedef says of the order of bytes, which is nothing to the compiler. */
enum byte_order { ORDER_NONE, ORDER_BIG, ORDER_LITTLE, ORDER_DEVICE };

/* layout_of_members - of a structure or union; its own name and size do not count. */
uint64_t layout_of_members(struct layouts *layouts, Dwarf_Die die);

/*
 * layout_of_type - of the type that an entry has, 0 for void
 *
 * Named structures, unions and enumerations are told by name: where their own layout
 * changed, they are found themselves. Qualifiers (const and the like) do not count.
 */
uint64_t layout_of_type(struct layouts *layouts, Dwarf_Die die);

/*
 * byte_order_of_type - of the type that an entry has, by its name, or of the elements of an array
 *
 * It counts for members of structures, and not for what layout_of_type() tells.
 */
enum byte_order byte_order_of_type(struct layouts *layouts, Dwarf_Die die);

/* layout_of_prototype - of a function: what it returns and takes, names left out */
uint64_t layout_of_prototype(struct layouts *layouts, Dwarf_Die die);

void free_layouts(struct layouts *layouts);

#endif /* TYPE_LAYOUT_H */
