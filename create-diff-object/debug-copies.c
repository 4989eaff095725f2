// SPDX-License-Identifier: GPL-2.0-only
#include "debug-copies.h"
#include "debug-die.h"
#include "debug-lines.h"
#include "debug-ranges.h"
#include "debug-source.h"
#include "util.h"

#include <inttypes.h>

/* How deep blocks and inlined functions are followed. */
#define MAX_DEPTH 64

struct debug_copy {
	Dwarf_Off of; /* the common part of all copies */
	Dwarf_Off in; /* the function that it is in */
};

static void add_copies(struct debug_copies *copies, Dwarf_Die scope, Dwarf_Off in, int depth)
{
	Dwarf_Die die;
	Dwarf_Half tag;
	Dwarf_Off of;

	for (die = first_child(scope); die && depth < MAX_DEPTH;
	     die = next_sibling(copies->file->dbg, die)) {
		tag = die_tag(die);
		if (tag != DW_TAG_inlined_subroutine && tag != DW_TAG_lexical_block)
			continue;
		if (tag == DW_TAG_inlined_subroutine &&
		    referred_offset(die, DW_AT_abstract_origin, &of)) {
			grow(copies->list, copies->nr, copies->max);
			copies->list[copies->nr++] = (struct debug_copy){ of, in };
		}
		add_copies(copies, die, in, depth + 1);
	}
}

void read_debug_copies(struct debug_copies *copies, const struct debug_file *file)
{
	Dwarf_Error error = NULL;
	Dwarf_Die unit, die;
	Dwarf_Off in;

	*copies = (struct debug_copies){ .file = file };
	while (file->dbg && (unit = next_unit(file->dbg))) {
		for (die = first_child(unit); die; die = next_sibling(file->dbg, die)) {
			if (die_tag(die) == DW_TAG_subprogram &&
			    !has_attribute(die, DW_AT_inline) &&
			    dwarf_dieoffset(die, &in, &error) == DW_DLV_OK)
				add_copies(copies, die, in, 0);
		}
	}
}

/* What an inlined function is called, and where it is declared, in every object. */
struct function_key {
	const char *name, *file;
};

/* The common part of all copies, in one object: there may be a few of one name. */
static bool is_function(const struct debug_source *source, Dwarf_Die die,
			const struct function_key *key)
{
	const char *file;

	if (die_tag(die) != DW_TAG_subprogram || strcmp(die_name(die), key->name))
		return false;
	file = source_file(source, die, DW_AT_decl_file);
	return file && !strcmp(file, key->file);
}

static void tell_function(const struct debug_copies *copies, Dwarf_Off in, char side, FILE *out)
{
	Dwarf_Debug dbg = copies->file->dbg;
	Dwarf_Die die = die_at(dbg, in), origin;

	if (!die)
		return;
	origin = *die_name(die) ? NULL : referred_die(dbg, die, DW_AT_abstract_origin);
	fprintf(out, "%c\t%" PRIx64 "\t%s\n", side, first_address(dbg, die),
		die_name(origin ? origin : die));
}

static void tell_copies_of(const struct debug_copies *copies, Dwarf_Off of, char side, FILE *out)
{
	size_t i;

	for (i = 0; i < copies->nr; i++) {
		if (copies->list[i].of == of)
			tell_function(copies, copies->list[i].in, side, out);
	}
}

static void tell_copies_in(const struct debug_copies *copies, const struct function_key *key,
			   char side, FILE *out)
{
	struct debug_source source;
	Dwarf_Error error = NULL;
	Dwarf_Die unit, die;
	Dwarf_Off of;

	while (copies->file->dbg && (unit = next_unit(copies->file->dbg))) {
		read_debug_source(&source, copies->file, unit);
		for (die = first_child(unit); die; die = next_sibling(copies->file->dbg, die)) {
			if (is_function(&source, die, key) &&
			    dwarf_dieoffset(die, &of, &error) == DW_DLV_OK)
				tell_copies_of(copies, of, side, out);
		}
	}
}

void tell_copies(const struct debug_lines *lines, uint64_t address, unsigned int level,
		 const struct debug_copies *copies, const char *sides, size_t nr, FILE *out)
{
	struct function_key key;
	size_t i;

	if (find_inlined(lines, address, level, &key.name, &key.file)) {
		for (i = 0; i < nr; i++)
			tell_copies_in(&copies[i], &key, sides[i], out);
	}
	fputs(".\n", out);
}
