// SPDX-License-Identifier: GPL-2.0-only
#include "types.h"
#include "debug-source.h"
#include "util.h"

#include <inttypes.h>
#include <search.h>
#include <stdarg.h>
#include <stdlib.h>

/* How deep one type is described inside of another; C has no need for more. */
#define MAX_DEPTH 16

struct type {
	char *name; /* "struct foo" */
	char *layout; /* size and members as text, made to be compared */
	uint64_t size;
	const char *file; /* where it is declared */
	uint64_t line;
};

/* What stands for the description of a structure without a name. */
struct nameless {
	Dwarf_Off offset; /* of its entry */
	uint64_t hash;
};

struct types {
	Dwarf_Debug dbg;
	void *nameless; /* a tree, see tsearch(3) */
	struct type *type;
	size_t nr, max;
	const char *unit; /* the name of the unit */
	struct debug_source source;
};

static void describe_members(struct types *types, Dwarf_Die die, FILE *out, int depth);
static void describe_type_of(struct types *types, Dwarf_Die die, FILE *out, int depth);

static void describe_bounds(Dwarf_Debug dbg, Dwarf_Die array, FILE *out)
{
	Dwarf_Unsigned value;
	Dwarf_Die range;

	for (range = first_child(array); range; range = next_sibling(dbg, range)) {
		if (unsigned_attribute(range, DW_AT_upper_bound, &value))
			fprintf(out, "[%" PRIu64 "]", (uint64_t)value + 1);
		else if (unsigned_attribute(range, DW_AT_count, &value))
			fprintf(out, "[%" PRIu64 "]", (uint64_t)value);
		else
			fputs("[]", out);
	}
}

static int by_entry(const void *a, const void *b)
{
	const struct nameless *na = a, *nb = b;

	return na->offset < nb->offset ? -1 : na->offset > nb->offset;
}

/* FNV-1a */
static uint64_t hash_text(const char *text)
{
	uint64_t hash = 14695981039346656037u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 1099511628211u;
	return hash;
}

/*
 * Members of one type refer to one entry, and each of them would have the whole of it in
 * its own description: what is nested deeply would grow beyond all bounds.
 */
static uint64_t hash_nameless(struct types *types, Dwarf_Die die)
{
	struct nameless key = { 0 }, *known, **node;
	Dwarf_Error error = NULL;
	size_t size;
	FILE *out;
	char *text;

	if (dwarf_dieoffset(die, &key.offset, &error) != DW_DLV_OK)
		return 0;
	node = tfind(&key, &types->nameless, by_entry);
	if (node)
		return (*node)->hash;
	known = xcalloc(1, sizeof(*known));
	known->offset = key.offset;
	out = open_memstream(&text, &size);
	/* known before it is described: damaged information may lead back to it */
	if (!out || !tsearch(known, &types->nameless, by_entry))
		fatal("no-memory", "out of memory");
	describe_members(types, die, out, 0);
	fclose(out);
	known->hash = hash_text(text);
	free(text);
	return known->hash;
}

/* Named types are told by name: where their own layout changed, they are found themselves. */
static void describe_type(struct types *types, Dwarf_Die die, FILE *out, int depth)
{
	Dwarf_Half tag = die_tag(die);
	const char *name = die_name(die);

	fprintf(out, "%x:%s", tag, name);
	if (tag == DW_TAG_array_type)
		describe_bounds(types->dbg, die, out);
	if ((tag == DW_TAG_structure_type || tag == DW_TAG_union_type) && !*name) {
		fprintf(out, "(%" PRIu64 "#%" PRIx64 ")", unsigned_or_zero(die, DW_AT_byte_size),
			hash_nameless(types, die));
	} else if (tag == DW_TAG_base_type) {
		fprintf(out, "(%" PRIu64 ")", unsigned_or_zero(die, DW_AT_byte_size));
	} else if (tag != DW_TAG_subroutine_type && tag != DW_TAG_enumeration_type) {
		describe_type_of(types, die, out, depth + 1);
	}
}

static void describe_type_of(struct types *types, Dwarf_Die die, FILE *out, int depth)
{
	Dwarf_Die type = depth < MAX_DEPTH ? referred_die(types->dbg, die, DW_AT_type) : NULL;

	if (!type)
		return;
	fputc(' ', out);
	describe_type(types, type, out, depth);
	dwarf_dealloc_die(type);
}

static void describe_members(struct types *types, Dwarf_Die die, FILE *out, int depth)
{
	Dwarf_Die member;

	if (depth >= MAX_DEPTH)
		return;
	for (member = first_child(die); member; member = next_sibling(types->dbg, member)) {
		if (die_tag(member) != DW_TAG_member)
			continue;
		fprintf(out, ";%s@%" PRIu64 ".%" PRIu64 ":%" PRIu64, die_name(member),
			unsigned_or_zero(member, DW_AT_data_member_location),
			unsigned_or_zero(member, DW_AT_data_bit_offset),
			unsigned_or_zero(member, DW_AT_bit_size));
		describe_type_of(types, member, out, depth);
	}
}

/* What the compiler makes up itself is declared in no file. */
static const char *declared_in(const struct types *types, Dwarf_Die die)
{
	const char *file = source_file(&types->source, die, DW_AT_decl_file);

	return file ? file : types->unit;
}

/* Opens the description of a new item; @name is taken over. */
static FILE *add_item(struct types *types, Dwarf_Die die, char *name, size_t *size)
{
	struct type *type;
	FILE *out;

	grow(types->type, types->nr, types->max);
	type = &types->type[types->nr++];
	memset(type, 0, sizeof(*type));
	type->name = name;
	type->file = declared_in(types, die);
	type->line = unsigned_or_zero(die, DW_AT_decl_line);
	out = open_memstream(&type->layout, size);
	if (!out)
		fatal("no-memory", "out of memory");
	return out;
}

static void add_struct(struct types *types, Dwarf_Die die, const char *where)
{
	size_t size;
	FILE *out = add_item(types, die,
			     xasprintf("%s %s%s",
				       die_tag(die) == DW_TAG_union_type ? "union" : "struct",
				       die_name(die), where),
			     &size);

	types->type[types->nr - 1].size = unsigned_or_zero(die, DW_AT_byte_size);
	describe_members(types, die, out, 0);
	fclose(out);
}

/* Typedefs and variables: their types may be structures that have no name of their own. */
static void add_named(struct types *types, Dwarf_Die die, const char *kind, const char *where)
{
	size_t size;
	FILE *out = add_item(types, die, xasprintf("%s %s%s", kind, die_name(die), where), &size);

	describe_type_of(types, die, out, 0);
	fclose(out);
}

/*
 * Values of enumerators may be stored in the running kernel. The last one of an
 * enumeration mostly counts the others; where it sizes something, that shows.
 */
static void add_enumerators(struct types *types, Dwarf_Die die)
{
	Dwarf_Die enumerator, next;
	Dwarf_Signed value;
	Dwarf_Attribute attribute;
	Dwarf_Error error = NULL;
	size_t size;
	FILE *out;

	for (enumerator = first_child(die); enumerator; enumerator = next) {
		next = next_sibling(types->dbg, enumerator);
		if (!next ||
		    dwarf_attr(enumerator, DW_AT_const_value, &attribute, &error) != DW_DLV_OK)
			continue;
		if (dwarf_formsdata(attribute, &value, &error) != DW_DLV_OK)
			value = (Dwarf_Signed)unsigned_or_zero(enumerator, DW_AT_const_value);
		out = add_item(types, die, xasprintf("enumerator %s", die_name(enumerator)), &size);
		fprintf(out, "%" PRId64, (int64_t)value);
		fclose(out);
	}
}

/* Nobody declares the variables of another file but headers, who may leave out a size. */
static bool is_in_header(const struct types *types, Dwarf_Die die)
{
	const char *file = declared_in(types, die);
	size_t n = strlen(file);

	return n > 1 && !strcmp(file + n - 2, ".h");
}

static void collect(struct types *types, Dwarf_Die scope, const char *where, int depth);

static void collect_die(struct types *types, Dwarf_Die die, const char *where, int depth)
{
	char *inside;

	switch (die_tag(die)) {
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
		if (*die_name(die) && !has_attribute(die, DW_AT_declaration))
			add_struct(types, die, where);
		break;
	case DW_TAG_typedef:
		add_named(types, die, "typedef", where);
		break;
	case DW_TAG_variable:
		if (*die_name(die) && !depth && !is_in_header(types, die))
			add_named(types, die, "variable", where);
		break;
	case DW_TAG_enumeration_type:
		add_enumerators(types, die);
		break;
	case DW_TAG_subprogram:
	case DW_TAG_lexical_block:
		inside = *where ? xasprintf("%s", where) : xasprintf(" of %s()", die_name(die));
		collect(types, die, inside, depth + 1);
		free(inside);
		break;
	}
}

static void collect(struct types *types, Dwarf_Die scope, const char *where, int depth)
{
	Dwarf_Die die;

	if (depth >= MAX_DEPTH)
		return;
	for (die = first_child(scope); die; die = next_sibling(types->dbg, die))
		collect_die(types, die, where, depth);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct type *)a)->name, ((const struct type *)b)->name);
}

/* Returns false when there is no debug information. */
static bool collect_types(struct types *types, const struct debug_file *file)
{
	bool found = false;
	Dwarf_Die unit;

	types->dbg = file->dbg;
	while (file->dbg && (unit = next_unit(file->dbg))) {
		types->unit = die_name(unit);
		read_debug_source(&types->source, unit);
		collect(types, unit, "", 0);
		found = true;
	}
	if (types->nr)
		qsort(types->type, types->nr, sizeof(*types->type), by_name);
	return found;
}

static void free_types(struct types *types)
{
	size_t i;

	for (i = 0; i < types->nr; i++) {
		free(types->type[i].name);
		free(types->type[i].layout);
	}
	free(types->type);
	tdestroy(types->nameless, free);
}

static void tell(FILE *out, const char *id, const struct type *type, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

static void tell(FILE *out, const char *id, const struct type *type, const char *fmt, ...)
{
	va_list ap;

	fprintf(out, "%s\t%s\t%" PRIu64 "\t", id, type->file, type->line);
	va_start(ap, fmt);
	vfprintf(out, fmt, ap);
	va_end(ap);
	fputc('\n', out);
}

static bool same_type(const struct type *a, const struct type *b)
{
	return a->size == b->size && !strcmp(a->layout, b->layout);
}

/*
 * The patched type of that name, NULL where there is none. Blocks of one function may have
 * several: of those, one that is the same.
 */
static const struct type *find_twin(const struct types *patched, const struct type *orig)
{
	const struct type *end = patched->type + patched->nr, *twin, *found;

	if (!patched->nr)
		return NULL;
	found = bsearch(orig, patched->type, patched->nr, sizeof(*orig), by_name);
	while (found && found > patched->type && !by_name(found - 1, orig))
		found--;
	for (twin = found; twin && twin < end && !by_name(twin, orig); twin++) {
		if (same_type(orig, twin))
			return twin;
	}
	return found;
}

static void compare_type(FILE *out, const struct type *orig, const struct type *patched)
{
	if (same_type(orig, patched))
		return;
	if (has_prefix(orig->name, "enumerator "))
		tell(out, "enum-changed", patched, "the value of the %s changed from %s to %s",
		     orig->name, orig->layout, patched->layout);
	else if (orig->size || patched->size)
		tell(out, "struct-layout-changed", patched,
		     "the layout of %s changed (%" PRIu64 " bytes, now %" PRIu64 ")", orig->name,
		     orig->size, patched->size);
	else
		tell(out, "struct-layout-changed", patched, "the type of the %s changed",
		     orig->name);
}

bool compare_types(const struct debug_file *old, const struct debug_file *new, FILE *out)
{
	struct types orig = { 0 }, patched = { 0 };
	bool known = collect_types(&orig, old) && collect_types(&patched, new);
	size_t i;

	for (i = 0; i < orig.nr; i++) {
		const struct type *twin = find_twin(&patched, &orig.type[i]);

		if (twin)
			compare_type(out, &orig.type[i], twin);
	}
	free_types(&orig);
	free_types(&patched);
	return known;
}
