// SPDX-License-Identifier: GPL-2.0-only
#include "debug-noreturn.h"
#include "debug-die.h"
#include "debug-ranges.h"

/* How deep blocks and inlined functions are followed. */
#define MAX_DEPTH 64

/* The compiler says so of a function whose calls all have an entry; DWARF 4 has GNU's attributes. */
static bool has_calls(Dwarf_Die die)
{
	return has_attribute(die, DW_AT_call_all_calls) ||
	       has_attribute(die, DW_AT_GNU_all_call_sites);
}

static bool is_noreturn(Dwarf_Debug dbg, Dwarf_Die die)
{
	Dwarf_Die declaration = referred_die(dbg, die, DW_AT_abstract_origin);

	return has_attribute(die, DW_AT_noreturn) ||
	       (declaration && has_attribute(declaration, DW_AT_noreturn));
}

static bool is_call_of_noreturn(Dwarf_Debug dbg, Dwarf_Die call)
{
	Dwarf_Die callee = NULL;

	if (die_tag(call) == DW_TAG_call_site)
		callee = referred_die(dbg, call, DW_AT_call_origin);
	else if (die_tag(call) == DW_TAG_GNU_call_site)
		callee = referred_die(dbg, call, DW_AT_abstract_origin);
	return callee && is_noreturn(dbg, callee);
}

static bool any_call_of_noreturn(Dwarf_Debug dbg, Dwarf_Die scope, int depth)
{
	bool found = depth == MAX_DEPTH;
	Dwarf_Die die;

	for (die = found ? NULL : first_child(scope); die; die = next_sibling(dbg, die)) {
		Dwarf_Half tag = die_tag(die);

		if (found)
			continue;
		if (tag == DW_TAG_inlined_subroutine || tag == DW_TAG_lexical_block)
			found = any_call_of_noreturn(dbg, die, depth + 1);
		else
			found = is_call_of_noreturn(dbg, die);
	}
	return found;
}

bool calls_no_noreturn(const struct debug_file *file, uint64_t address)
{
	Dwarf_Die die = function_at(file, address);

	return die && has_calls(die) && !any_call_of_noreturn(file->dbg, die, 0);
}
