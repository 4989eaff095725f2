/* SPDX-License-Identifier: GPL-2.0-only */
/* What became of the members of a structure, and of what a function takes, in words. */
#ifndef TYPE_MEMBERS_H
#define TYPE_MEMBERS_H

#include "type-layout.h"

#include <stdio.h>

/* A structure, a union or a function of one of the objects. */
struct described {
	struct layouts *layouts;
	Dwarf_Off offset; /* of its entry */
};

struct told {
	bool moved; /* a member that was there is not what, where or called what it was */
	bool only_names; /* all that differs are names of members, and the byte order that they say */
	bool byte_order; /* ... of a type of the same bits */
};

/*
 * tell_members - write what became of the members to @out: "new member b (int) at offset 4,
 * member c moved from offset 4 to 8"
 *
 * Those of structures and unions without a name count as members of what they are in, as "a.b"
 * where the member a is of one. A member of another name at the place of one of the same type that
 * is gone is that one, unless that was not used, is a pointer to a function, or is less like it by
 * name than another one that is gone. Returns false, and writes nothing, where each has the type,
 * place and name that it had.
 */
bool tell_members(FILE *out, const struct described *orig, const struct described *patched,
		  struct told *told);

/*
 * may_be_renamed - whether half of the members of a structure are, by name, those of another one
 *
 * Objects of the one may be taken for objects of the other.
 */
bool may_be_renamed(const struct described *orig, const struct described *patched);

/* tell_prototype - the same, of what a function returns and takes. */
bool tell_prototype(FILE *out, const struct described *orig, const struct described *patched);

/*
 * tell_types - write "A became B" of what two entries are of; nothing where both are called the
 * same, as those that are told themselves are, or have no name
 */
void tell_types(FILE *out, const struct described *orig, const struct described *patched);

#endif /* TYPE_MEMBERS_H */
