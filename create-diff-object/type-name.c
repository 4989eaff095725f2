// SPDX-License-Identifier: GPL-2.0-only
#include "type-name.h"
#include "util.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* For damaged information, in which a type may lead back to itself. */
#define MAX_DEPTH 16
/* Of a parameter of a function: a function there is not spelled out, nor are its parameters. */
#define PARAMETER_DEPTH 8

struct naming {
	Dwarf_Debug dbg;
	bool below; /* typedefs are seen through */
};

static char *name_at(struct naming in, Dwarf_Die die, int depth);

/* What a type is of, with something behind it. */
static char *name_with(struct naming in, Dwarf_Die type, const char *end, int depth)
{
	char *inner = name_at(in, type, depth + 1), *name;
	size_t n = strlen(inner);

	name = xasprintf("%s%s%s", inner, *end == '*' && inner[n - 1] != '*' ? " " : "", end);
	free(inner);
	return name;
}

/* An entry of several dimensions has a range for each. */
static char *name_of_array(struct naming in, Dwarf_Die type, int depth)
{
	char *end = xasprintf("%s", ""), *longer, *name;
	Dwarf_Unsigned bound;
	Dwarf_Die range;

	for (range = first_child(type); range; range = next_sibling(in.dbg, range)) {
		if (unsigned_attribute(range, DW_AT_upper_bound, &bound))
			longer = xasprintf("%s[%" PRIu64 "]", end, (uint64_t)bound + 1);
		else if (unsigned_attribute(range, DW_AT_count, &bound))
			longer = xasprintf("%s[%" PRIu64 "]", end, (uint64_t)bound);
		else
			longer = xasprintf("%s[]", end);
		free(end);
		end = longer;
	}
	name = name_with(in, type, end, depth);
	free(end);
	return name;
}

static void put_parameters(FILE *out, struct naming in, Dwarf_Die function)
{
	Dwarf_Die parameter;
	bool any = false;

	for (parameter = first_child(function); parameter;
	     parameter = next_sibling(in.dbg, parameter)) {
		Dwarf_Half tag = die_tag(parameter);
		char *name = NULL;

		if (tag == DW_TAG_formal_parameter)
			name = name_at(in, parameter, PARAMETER_DEPTH);
		else if (tag != DW_TAG_unspecified_parameters)
			continue;
		fprintf(out, "%s%s", any ? ", " : "", name ? name : "...");
		any = true;
		free(name);
	}
	if (!any && has_attribute(function, DW_AT_prototyped))
		fputs("void", out);
}

/* @middle is what stands in the place of the function's name. */
static char *name_of_function(struct naming in, Dwarf_Die function, const char *middle, int depth)
{
	char *of, *text;
	size_t size;
	FILE *out;

	if (depth >= PARAMETER_DEPTH)
		return xasprintf("function%s", *middle ? " *" : "");
	out = open_memstream(&text, &size);
	if (!out)
		fatal("no-memory", "out of memory");
	of = name_at(in, function, depth + 1);
	fprintf(out, "%s %s(", of, middle);
	put_parameters(out, in, function);
	fputc(')', out);
	fclose(out);
	free(of);
	return text;
}

static char *name_of_pointer(struct naming in, Dwarf_Die type, int depth)
{
	Dwarf_Die to = referred_die(in.dbg, type, DW_AT_type);

	return to && die_tag(to) == DW_TAG_subroutine_type
		       ? name_of_function(in, to, "(*)", depth + 1)
		       : name_with(in, type, "*", depth);
}

static char *name_with_word(const char *word, Dwarf_Die type)
{
	const char *name = die_name(type);

	return xasprintf("%s%s%s", word, *name ? " " : "", name);
}

static char *name_of(struct naming in, Dwarf_Die type, int depth)
{
	if (in.below && die_tag(type) == DW_TAG_typedef)
		return name_at(in, type, depth + 1);
	switch (die_tag(type)) {
	case DW_TAG_pointer_type:
		return name_of_pointer(in, type, depth);
	case DW_TAG_array_type:
		return name_of_array(in, type, depth);
	case DW_TAG_structure_type:
		return name_with_word("struct", type);
	case DW_TAG_union_type:
		return name_with_word("union", type);
	case DW_TAG_enumeration_type:
		return name_with_word("enum", type);
	case DW_TAG_subroutine_type:
		return name_of_function(in, type, "", depth);
	case DW_TAG_const_type:
	case DW_TAG_volatile_type:
	case DW_TAG_restrict_type:
	case DW_TAG_atomic_type:
		return name_at(in, type, depth + 1);
	default:
		return xasprintf("%s", *die_name(type) ? die_name(type) : "?");
	}
}

static char *name_at(struct naming in, Dwarf_Die die, int depth)
{
	Dwarf_Die type;

	if (depth >= MAX_DEPTH)
		return xasprintf("?");
	type = referred_die(in.dbg, die, DW_AT_type);
	return type ? name_of(in, type, depth) : xasprintf("void");
}

char *name_of_type(Dwarf_Debug dbg, Dwarf_Die die)
{
	return name_at((struct naming){ dbg, false }, die, 0);
}

char *name_below_typedefs(Dwarf_Debug dbg, Dwarf_Die die)
{
	return name_at((struct naming){ dbg, true }, die, 0);
}
