// SPDX-License-Identifier: GPL-2.0-only
#include "type-holders.h"
#include "util.h"

/* For damaged information. */
#define MAX_DEPTH 64

static bool leads_on(Dwarf_Half tag)
{
	return tag == DW_TAG_pointer_type || tag == DW_TAG_typedef || tag == DW_TAG_array_type ||
	       tag == DW_TAG_const_type || tag == DW_TAG_volatile_type ||
	       tag == DW_TAG_restrict_type || tag == DW_TAG_atomic_type;
}

static void find_structure(struct holder *holder, Dwarf_Debug dbg, Dwarf_Die die)
{
	Dwarf_Die type = referred_die(dbg, die, DW_AT_type), next;
	Dwarf_Error error = NULL;
	Dwarf_Half tag;
	int depth;

	for (depth = 0; type && leads_on(die_tag(type)) && depth < MAX_DEPTH; depth++) {
		next = referred_die(dbg, type, DW_AT_type);
		dwarf_dealloc_die(type);
		type = next;
	}
	if (!type)
		return;
	tag = die_tag(type);
	if ((tag == DW_TAG_structure_type || tag == DW_TAG_union_type) &&
	    dwarf_dieoffset(type, &holder->of, &error) == DW_DLV_OK)
		holder->of_name = die_name(type);
	dwarf_dealloc_die(type);
}

static void add_holder(struct holders *holders, Dwarf_Debug dbg, Dwarf_Die die,
		       const char *function, const char *name)
{
	struct holder *holder;

	grow(holders->list, holders->nr, holders->max);
	holder = &holders->list[holders->nr++];
	*holder = (struct holder){ .function = function, .name = name, .of_name = "" };
	find_structure(holder, dbg, die);
}

static void list_in(struct holders *holders, Dwarf_Debug dbg, Dwarf_Die scope, const char *function,
		    int depth)
{
	Dwarf_Die die;

	if (depth >= MAX_DEPTH)
		return;
	for (die = first_child(scope); die; die = next_sibling(dbg, die)) {
		switch (die_tag(die)) {
		case DW_TAG_formal_parameter:
		case DW_TAG_variable:
			if (*die_name(die))
				add_holder(holders, dbg, die, function, die_name(die));
			break;
		case DW_TAG_lexical_block:
			list_in(holders, dbg, die, function, depth + 1);
			break;
		}
	}
}

/* A copy has no name, and nothing that the one that was copied does not have. */
void list_holders(struct holders *holders, Dwarf_Debug dbg)
{
	Dwarf_Die unit, die;

	while (dbg && (unit = next_unit(dbg))) {
		for (die = first_child(unit); die; die = next_sibling(dbg, die)) {
			if (die_tag(die) != DW_TAG_subprogram || !*die_name(die))
				continue;
			add_holder(holders, dbg, die, die_name(die), "");
			list_in(holders, dbg, die, die_name(die), 0);
		}
	}
}
