// SPDX-License-Identifier: GPL-2.0-only
#include "type-uses.h"
#include "debug-die.h"
#include "debug-ranges.h"
#include "util.h"

#include <inttypes.h>
#include <search.h>
#include <stdlib.h>

/* For damaged information. */
#define MAX_DEPTH 64

/* A bit for each of the types: used as they are, or in any other way. */
struct mask {
	uint64_t value, other;
};

/* The types that an entry refers to, or that an inlined function uses. */
struct known_mask {
	Dwarf_Off offset;
	struct mask mask;
};

struct uses {
	Dwarf_Debug dbg;
	const struct used_type *types;
	size_t nr;
	char side;
	FILE *out;
	void *of_types, *of_inlined; /* trees of struct known_mask, see tsearch(3) */
	uint64_t told; /* types that something else than a function has */
};

static int by_offset(const void *a, const void *b)
{
	const struct known_mask *ka = a, *kb = b;

	return ka->offset < kb->offset ? -1 : ka->offset > kb->offset;
}

static struct known_mask *find_mask(void **tree, Dwarf_Off offset)
{
	struct known_mask key = { .offset = offset }, **node = tfind(&key, tree, by_offset);

	return node ? *node : NULL;
}

static struct known_mask *add_mask(void **tree, Dwarf_Off offset)
{
	struct known_mask *known = xcalloc(1, sizeof(*known));

	known->offset = offset;
	if (!tsearch(known, tree, by_offset))
		fatal("no-memory", "out of memory");
	return known;
}

static void merge(struct mask *mask, const struct mask *more)
{
	mask->value |= more->value;
	mask->other |= more->other;
}

/* As merge(), but none of it is the type as it is. */
static void merge_other(struct mask *mask, const struct mask *more)
{
	mask->other |= more->value | more->other;
}

static struct mask mask_of_type(struct uses *uses, Dwarf_Die die, int depth);

/* What a type without a name consists of: members, or what a function takes. */
static struct mask mask_of_children(struct uses *uses, Dwarf_Die type, int depth)
{
	struct mask mask = { 0 }, inner;
	Dwarf_Die die;

	for (die = first_child(type); die; die = next_sibling(uses->dbg, die)) {
		inner = mask_of_type(uses, die, depth + 1);
		merge_other(&mask, &inner);
	}
	return mask;
}

/* A structure with a name is told apart from what refers to it: its members are uses. */
static struct mask mask_of_entry(struct uses *uses, Dwarf_Die type, int depth)
{
	struct mask mask = { 0 }, inner;

	switch (die_tag(type)) {
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
		return *die_name(type) ? mask : mask_of_children(uses, type, depth);
	case DW_TAG_subroutine_type:
		mask = mask_of_children(uses, type, depth);
		/* fallthrough */
	case DW_TAG_pointer_type:
		inner = mask_of_type(uses, type, depth + 1);
		merge_other(&mask, &inner);
		return mask;
	default:
		return mask_of_type(uses, type, depth + 1);
	}
}

static uint64_t bit_of_type(const struct uses *uses, Dwarf_Off offset)
{
	uint64_t bits = 0;
	size_t i;

	for (i = 0; i < uses->nr; i++) {
		if (uses->types[i].offset == offset)
			bits |= UINT64_C(1) << i;
	}
	return bits;
}

/* Known before it is looked into: a type may lead back to itself. */
static struct mask mask_at(struct uses *uses, Dwarf_Off offset, int depth)
{
	struct known_mask *known = find_mask(&uses->of_types, offset);
	struct mask mask;
	Dwarf_Die type;

	if (known)
		return known->mask;
	known = add_mask(&uses->of_types, offset);
	known->mask.value = bit_of_type(uses, offset);
	type = known->mask.value || depth > MAX_DEPTH ? NULL : die_at(uses->dbg, offset);
	if (type) {
		mask = mask_of_entry(uses, type, depth);
		merge(&known->mask, &mask);
		dwarf_dealloc_die(type);
	}
	return known->mask;
}

/* Also where the entry leaves its type to the one that it is a copy of. */
static struct mask mask_of_type(struct uses *uses, Dwarf_Die die, int depth)
{
	struct mask none = { 0 }, mask;
	Dwarf_Die origin;
	Dwarf_Off offset;

	if (referred_offset(die, DW_AT_type, &offset))
		return mask_at(uses, offset, depth);
	origin = referred_die(uses->dbg, die, DW_AT_abstract_origin);
	if (!origin)
		return none;
	mask = referred_offset(origin, DW_AT_type, &offset) ? mask_at(uses, offset, depth) : none;
	dwarf_dealloc_die(origin);
	return mask;
}

static void tell(const struct uses *uses, size_t i, char how, uint64_t address, const char *name)
{
	fprintf(uses->out, "use\t%zu\t%c\t%c\t%" PRIx64 "\t%s\n", uses->types[i].line, uses->side,
		how, address, name);
}

/* Something that is no function. One of them says enough. */
static void tell_other(struct uses *uses, const struct mask *mask, const char *what,
		       const char *name)
{
	uint64_t bits = (mask->value | mask->other) & ~uses->told;
	char *text = xasprintf("%s%s%s", what, *name ? " " : "", name);
	size_t i;

	for (i = 0; i < uses->nr; i++) {
		if (bits >> i & 1)
			tell(uses, i, 'o', 0, text);
	}
	uses->told |= bits;
	free(text);
}

static void tell_function(const struct uses *uses, const struct mask *mask, Dwarf_Die die,
			  const char *name)
{
	uint64_t address = first_address(uses->dbg, die);
	size_t i;

	for (i = 0; i < uses->nr; i++) {
		if (mask->other >> i & 1)
			tell(uses, i, 'f', address, name);
		if (mask->value >> i & 1)
			tell(uses, i, 'v', address, name);
	}
}

/* One with a place of its own outlives the function; declarations are of such. */
static bool is_automatic(Dwarf_Die die)
{
	return !fixed_address(die) && !has_attribute(die, DW_AT_external) &&
	       !has_attribute(die, DW_AT_declaration);
}

static void add_function(struct uses *uses, Dwarf_Die scope, struct mask *mask, int depth);

static void add_variable(struct uses *uses, Dwarf_Die die, struct mask *mask)
{
	struct mask own = mask_of_type(uses, die, 0);

	if (is_automatic(die))
		merge(mask, &own);
	else
		tell_other(uses, &own, "the variable", die_name(die));
}

/* What is optimised away has no entry in the copy, but it has in what was copied. */
static void add_inlined(struct uses *uses, Dwarf_Die die, struct mask *mask)
{
	const struct known_mask *known;
	Dwarf_Off offset;

	if (!referred_offset(die, DW_AT_abstract_origin, &offset))
		return;
	known = find_mask(&uses->of_inlined, offset);
	if (known)
		merge(mask, &known->mask);
}

static void tell_members_of(struct uses *uses, Dwarf_Die type)
{
	struct mask mask = mask_of_children(uses, type, 0);

	tell_other(uses, &mask, die_tag(type) == DW_TAG_union_type ? "union" : "struct",
		   die_name(type));
}

static void add_to_function(struct uses *uses, Dwarf_Die die, struct mask *mask, int depth)
{
	struct mask own;

	switch (die_tag(die)) {
	case DW_TAG_variable:
		add_variable(uses, die, mask);
		break;
	case DW_TAG_formal_parameter:
		own = mask_of_type(uses, die, 0);
		merge_other(mask, &own);
		break;
	case DW_TAG_inlined_subroutine:
		add_inlined(uses, die, mask);
		/* fallthrough */
	case DW_TAG_lexical_block:
		add_function(uses, die, mask, depth + 1);
		break;
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
		tell_members_of(uses, die);
		break;
	}
}

static void add_function(struct uses *uses, Dwarf_Die scope, struct mask *mask, int depth)
{
	Dwarf_Die die;

	for (die = first_child(scope); die && depth < MAX_DEPTH; die = next_sibling(uses->dbg, die))
		add_to_function(uses, die, mask, depth);
}

static struct mask mask_of_function(struct uses *uses, Dwarf_Die die)
{
	struct mask mask = { 0 }, result = mask_of_type(uses, die, 0);

	merge_other(&mask, &result);
	add_inlined(uses, die, &mask);
	add_function(uses, die, &mask, 0);
	return mask;
}

/* The common part of all copies of an inlined function, which has no code itself. */
static bool is_abstract(Dwarf_Die die)
{
	return die_tag(die) == DW_TAG_subprogram && has_attribute(die, DW_AT_inline);
}

static const char *name_of_function(const struct uses *uses, Dwarf_Die die)
{
	Dwarf_Die origin = *die_name(die) ? NULL
					  : referred_die(uses->dbg, die, DW_AT_abstract_origin);

	return die_name(origin ? origin : die);
}

static void look_at(struct uses *uses, Dwarf_Die die)
{
	struct mask mask;

	switch (die_tag(die)) {
	case DW_TAG_subprogram:
		if (is_abstract(die))
			break;
		mask = mask_of_function(uses, die);
		tell_function(uses, &mask, die, name_of_function(uses, die));
		break;
	case DW_TAG_variable:
		mask = mask_of_type(uses, die, 0);
		tell_other(uses, &mask, "the variable", die_name(die));
		break;
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
		if (*die_name(die))
			tell_members_of(uses, die);
		break;
	case DW_TAG_pointer_type:
	case DW_TAG_subroutine_type:
		mask = mask_of_entry(uses, die, 0);
		tell_other(uses, &mask, "a pointer to it", "");
		break;
	}
}

static void look_at_unit(struct uses *uses, Dwarf_Die unit)
{
	struct known_mask *known;
	Dwarf_Error error = NULL;
	Dwarf_Off offset;
	Dwarf_Die die;

	for (die = first_child(unit); die; die = next_sibling(uses->dbg, die)) {
		if (!is_abstract(die) || dwarf_dieoffset(die, &offset, &error) != DW_DLV_OK)
			continue;
		known = add_mask(&uses->of_inlined, offset);
		known->mask = mask_of_function(uses, die);
	}
	for (die = first_child(unit); die; die = next_sibling(uses->dbg, die))
		look_at(uses, die);
}

void tell_uses(const struct debug_file *file, char side, const struct used_type *types, size_t nr,
	       FILE *out)
{
	struct uses uses = {
		.dbg = file->dbg,
		.types = types,
		.nr = nr < MAX_USED_TYPES ? nr : MAX_USED_TYPES,
		.side = side,
		.out = out,
	};
	Dwarf_Die unit;

	while (uses.nr && (unit = next_unit(file->dbg)))
		look_at_unit(&uses, unit);
	tdestroy(uses.of_types, free);
	tdestroy(uses.of_inlined, free);
}
