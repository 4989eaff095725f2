// SPDX-License-Identifier: GPL-2.0-only
#include "debug-parameters.h"
#include "debug-die.h"
#include "debug-ranges.h"

/* How many names of a type are followed to what it is. */
#define MAX_DEPTH 64

#define REGISTERS 6

static bool is_name_of_type(Dwarf_Half tag)
{
	return tag == DW_TAG_typedef || tag == DW_TAG_const_type || tag == DW_TAG_volatile_type ||
	       tag == DW_TAG_restrict_type || tag == DW_TAG_atomic_type;
}

static bool is_integer(Dwarf_Die type)
{
	switch (unsigned_or_zero(type, DW_AT_encoding)) {
	case DW_ATE_boolean:
	case DW_ATE_signed:
	case DW_ATE_signed_char:
	case DW_ATE_unsigned:
	case DW_ATE_unsigned_char:
		return unsigned_or_zero(type, DW_AT_byte_size) <= sizeof(uint64_t);
	}
	return false;
}

/* What has no type is void, which needs nothing. */
static bool fits_register(Dwarf_Debug dbg, Dwarf_Die die)
{
	Dwarf_Die type = die;
	int depth;

	if (!has_attribute(die, DW_AT_type))
		return true;
	for (depth = 0; depth < MAX_DEPTH; depth++) {
		type = referred_die(dbg, type, DW_AT_type);
		if (!type)
			return false;
		if (!is_name_of_type(die_tag(type)))
			break;
		if (!has_attribute(type, DW_AT_type))
			return false;
	}
	return die_tag(type) == DW_TAG_pointer_type || die_tag(type) == DW_TAG_enumeration_type ||
	       (die_tag(type) == DW_TAG_base_type && is_integer(type));
}

/* The declaration of a function has its parameters, of which a copy of its code may lack some. */
static bool parameters_fit(Dwarf_Debug dbg, Dwarf_Die die)
{
	size_t nr = 0;
	Dwarf_Die child;

	if (!fits_register(dbg, die) || !has_attribute(die, DW_AT_prototyped))
		return false;
	for (child = first_child(die); child; child = next_sibling(dbg, child)) {
		if (die_tag(child) == DW_TAG_unspecified_parameters)
			return false;
		if (die_tag(child) != DW_TAG_formal_parameter)
			continue;
		if (++nr > REGISTERS || !has_attribute(child, DW_AT_type) ||
		    !fits_register(dbg, child))
			return false;
	}
	return true;
}

static Dwarf_Die declaration_of(Dwarf_Debug dbg, Dwarf_Die die)
{
	return has_attribute(die, DW_AT_abstract_origin)
		       ? referred_die(dbg, die, DW_AT_abstract_origin)
		       : die;
}

bool takes_registers(const struct debug_file *file, uint64_t address)
{
	Dwarf_Die die = function_at(file, address);
	Dwarf_Die declaration = die ? declaration_of(file->dbg, die) : NULL;

	return declaration && parameters_fit(file->dbg, declaration);
}
