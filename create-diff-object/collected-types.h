/* SPDX-License-Identifier: GPL-2.0-only */
/* What was read of the types of one object, for those who compare them. */
#ifndef COLLECTED_TYPES_H
#define COLLECTED_TYPES_H

#include "debug-source.h"
#include "type-layout.h"

enum kind { STRUCT, UNION, TYPEDEF, VARIABLE, ENUMERATOR, FUNCTION };

struct type {
	enum kind kind;
	const char *name; /* libdwarf's */
	const char *function; /* that declares it inside of itself, libdwarf's; "": no function */
	/* members, the type of a variable, the value of an enumerator, a prototype */
	uint64_t layout;
	uint64_t size; /* of an enumerator: how many stand before it */
	bool counts; /* an enumerator: by name and value it counts the others */
	bool unnamed; /* what it is of has no name, and so its members count */
	bool external; /* a function that other files may call */
	bool placed; /* a variable of this object, with an address */
	Dwarf_Off offset; /* of its entry; of an enumerator that of the enumeration */
	const char *of; /* the name of the enumeration, libdwarf's */
	const char *file; /* where it is declared */
	uint64_t line;
};

struct types {
	Dwarf_Debug dbg;
	struct layouts layouts;
	struct type *type;
	size_t nr, max;
	const char *unit; /* the name of the unit */
	struct debug_source source;
};

/*
 * find_twin - the type of that name in @types, NULL where there is none
 *
 * Blocks of one function may have several: of those, one that is the same.
 */
const struct type *find_twin(const struct types *types, const struct type *of);

/* is_near - whether two are declared at about the same place of one file */
bool is_near(const struct type *a, const struct type *b);

#endif /* COLLECTED_TYPES_H */
