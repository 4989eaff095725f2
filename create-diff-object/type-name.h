/* SPDX-License-Identifier: GPL-2.0-only */
/* Types as C spells them. */
#ifndef TYPE_NAME_H
#define TYPE_NAME_H

#include "debug-die.h"

/* name_of_type - of the type that an entry has: "struct item *", "u32[4]", "int (*)(void *)";
 * allocated. */
char *name_of_type(Dwarf_Debug dbg, Dwarf_Die die);

/* name_below_typedefs - the same, with what a typedef stands for in its place; allocated. */
char *name_below_typedefs(Dwarf_Debug dbg, Dwarf_Die die);

#endif /* TYPE_NAME_H */
