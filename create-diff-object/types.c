// SPDX-License-Identifier: GPL-2.0-only
#include "types.h"
#include "collected-types.h"
#include "count-names.h"
#include "gone-enumerators.h"
#include "gone-structs.h"
#include "gone-variables.h"
#include "type-members.h"
#include "type-uses.h"
#include "kinds.h"
#include "util.h"

#include <inttypes.h>
#include <stdlib.h>

/* How deep functions and blocks are followed. */
#define MAX_DEPTH 16

static const char *const kind_name[] = { "struct",   "union",	   "typedef",
					 "variable", "enumerator", "function" };

/* What the compiler makes up itself is declared in no file. */
static const char *declared_in(const struct types *types, Dwarf_Die die)
{
	const char *file = source_file(&types->source, die, DW_AT_decl_file);

	return file ? file : types->unit;
}

static struct type *add_item(struct types *types, enum kind kind, const char *name, Dwarf_Die die,
			     const char *function)
{
	Dwarf_Error error = NULL;
	struct type *type;

	grow(types->type, types->nr, types->max);
	type = &types->type[types->nr++];
	*type = (struct type){
		.kind = kind,
		.name = name,
		.function = function,
		.file = declared_in(types, die),
		.line = unsigned_or_zero(die, DW_AT_decl_line),
		.of = "",
	};
	if (dwarf_dieoffset(die, &type->offset, &error) != DW_DLV_OK)
		type->offset = 0;
	return type;
}

static void add_struct(struct types *types, Dwarf_Die die, const char *function)
{
	enum kind kind = die_tag(die) == DW_TAG_union_type ? UNION : STRUCT;
	struct type *type = add_item(types, kind, die_name(die), die, function);

	type->size = unsigned_or_zero(die, DW_AT_byte_size);
	type->layout = layout_of_members(&types->layouts, die);
}

static bool is_struct_without_name(Dwarf_Die die)
{
	Dwarf_Half tag = die_tag(die);

	return (tag == DW_TAG_structure_type || tag == DW_TAG_union_type) && !*die_name(die);
}

/* Typedefs and variables: their types may be structures that have no name of their own. */
static void add_named(struct types *types, enum kind kind, Dwarf_Die die, const char *function)
{
	struct type *type = add_item(types, kind, die_name(die), die, function);
	Dwarf_Die of = referred_die(types->dbg, die, DW_AT_type);
	Dwarf_Error error = NULL;

	type->layout = layout_of_type(&types->layouts, die);
	type->placed = kind == VARIABLE && fixed_address(die);
	if (of && is_struct_without_name(of) &&
	    dwarf_dieoffset(of, &type->offset, &error) == DW_DLV_OK) {
		type->unnamed = true;
		type->size = unsigned_or_zero(of, DW_AT_byte_size);
	}
	if (of)
		dwarf_dealloc_die(of);
}

/* "__STATE_MAX", before "STATE_MAX = __STATE_MAX - 1": a last one that is not the last. */
static bool begins_end(const struct type *type)
{
	return has_prefix(type->name, "__");
}

/*
 * Whether the last @run enumerators of a list count the ones before them: all are called so, and
 * none is more than the largest of those and one. A name alone could be that of a limit.
 */
static bool is_end(const struct type *list, size_t nr, size_t run)
{
	int64_t max = INT64_MIN, value;
	size_t i, others = nr - run;

	if (!others || (run > 1 && !begins_end(&list[others])))
		return false;
	for (i = 0; i < others; i++)
		max = (int64_t)list[i].layout > max ? (int64_t)list[i].layout : max;
	for (; i < nr; i++) {
		value = (int64_t)list[i].layout;
		if (value != max && value - 1 != max && (run > 1 || (size_t)value != others))
			return false;
	}
	return true;
}

static void mark_counts(struct type *list, size_t nr)
{
	size_t run, i;

	for (run = 1; run <= nr && names_count(list[nr - run].name); run++) {
		if (!is_end(list, nr, run))
			continue;
		for (i = nr - run; i < nr; i++)
			list[i].counts = true;
	}
}

static void add_enumerators(struct types *types, Dwarf_Die die)
{
	Dwarf_Die enumerator = first_child(die);
	size_t first = types->nr;
	struct type *type;
	const char *name;
	uint64_t before;
	int64_t value;
	bool known;

	for (before = 0; enumerator; before++) {
		name = die_name(enumerator);
		known = signed_attribute(enumerator, DW_AT_const_value, &value);
		enumerator = next_sibling(types->dbg, enumerator);
		if (!known)
			continue;
		type = add_item(types, ENUMERATOR, name, die, "");
		type->layout = (uint64_t)value;
		type->size = before;
		type->of = die_name(die);
	}
	if (types->nr > first)
		mark_counts(types->type + first, types->nr - first);
}

/* Nobody declares the variables of another file but headers, who may leave out a size. */
static bool is_in_header(const struct types *types, Dwarf_Die die)
{
	const char *file = declared_in(types, die);
	size_t n = strlen(file);

	return n > 1 && !strcmp(file + n - 2, ".h");
}

/* A copy of an inlined function has no name of its own, and must not seem to be the file. */
static const char *function_name(Dwarf_Die die)
{
	const char *name = die_name(die);

	return *name ? name : "?";
}

/* Those of the compiler itself are declared without what they take, in no file. */
static bool has_prototype(Dwarf_Die die)
{
	return *die_name(die) && has_attribute(die, DW_AT_decl_file);
}

static void add_function(struct types *types, Dwarf_Die die)
{
	struct type *type = add_item(types, FUNCTION, die_name(die), die, "");

	type->layout = layout_of_prototype(&types->layouts, die);
	type->external = has_attribute(die, DW_AT_external);
}

/* Also of an array of constants, and where a typedef says it. */
static bool is_const(struct types *types, Dwarf_Die variable)
{
	Dwarf_Die type = referred_die(types->dbg, variable, DW_AT_type), next;
	Dwarf_Half tag = type ? die_tag(type) : 0;
	int depth;

	for (depth = 0; depth < MAX_DEPTH && (tag == DW_TAG_array_type || tag == DW_TAG_typedef ||
					      tag == DW_TAG_volatile_type);
	     depth++) {
		next = referred_die(types->dbg, type, DW_AT_type);
		dwarf_dealloc_die(type);
		type = next;
		tag = type ? die_tag(type) : 0;
	}
	if (type)
		dwarf_dealloc_die(type);
	return tag == DW_TAG_const_type;
}

/*
 * Those that keep their value. A constant of one function, or of one file, is carried with the
 * functions that read it, or refused as one that others may read (check-data.c). What a macro names
 * with __UNIQUE_ID() has another number as soon as one more comes before it.
 */
static bool is_kept_variable(struct types *types, Dwarf_Die die, int depth)
{
	if (!*die_name(die) || has_prefix(die_name(die), UNIQUE_ID))
		return false;
	if (!has_attribute(die, DW_AT_external) && is_const(types, die))
		return false;
	return depth ? fixed_address(die) : !is_in_header(types, die);
}

static void collect(struct types *types, Dwarf_Die scope, const char *function, int depth);

static void collect_die(struct types *types, Dwarf_Die die, const char *function, int depth)
{
	switch (die_tag(die)) {
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
		if (*die_name(die) && !has_attribute(die, DW_AT_declaration))
			add_struct(types, die, function);
		break;
	case DW_TAG_typedef:
		add_named(types, TYPEDEF, die, function);
		break;
	case DW_TAG_variable:
		if (is_kept_variable(types, die, depth))
			add_named(types, VARIABLE, die, function);
		break;
	case DW_TAG_enumeration_type:
		add_enumerators(types, die);
		break;
	case DW_TAG_subprogram:
		if (has_prototype(die))
			add_function(types, die);
		/* fallthrough */
	case DW_TAG_lexical_block:
		collect(types, die, *function ? function : function_name(die), depth + 1);
		break;
	}
}

static void collect(struct types *types, Dwarf_Die scope, const char *function, int depth)
{
	Dwarf_Die die;

	if (depth >= MAX_DEPTH)
		return;
	for (die = first_child(scope); die; die = next_sibling(types->dbg, die))
		collect_die(types, die, function, depth);
}

static int by_name(const void *a, const void *b)
{
	const struct type *ta = a, *tb = b;
	int order = strcmp(ta->name, tb->name);

	if (order)
		return order;
	return ta->kind != tb->kind ? (int)ta->kind - (int)tb->kind
				    : strcmp(ta->function, tb->function);
}

/*
 * Whether the unit describes the types that it uses: not where they are in a file of their
 * own (CONFIG_DEBUG_INFO_SPLIT), or those of headers are left out (CONFIG_DEBUG_INFO_REDUCED).
 */
static bool has_types(Dwarf_Die unit)
{
	return !has_attribute(unit, DW_AT_dwo_name) && !has_attribute(unit, DW_AT_GNU_dwo_name) &&
	       !strstr(die_string(unit, DW_AT_producer), "-femit-struct-debug");
}

/* Returns false when there is no debug information, or some of it is left out. */
static bool collect_types(struct types *types, const struct debug_file *file)
{
	bool found = false, complete = true;
	Dwarf_Die unit;

	types->dbg = file->dbg;
	types->layouts.dbg = file->dbg;
	while (file->dbg && (unit = next_unit(file->dbg))) {
		types->unit = die_name(unit);
		read_debug_source(&types->source, file, unit);
		collect(types, unit, "", 0);
		found = true;
		complete &= has_types(unit);
	}
	if (types->nr)
		qsort(types->type, types->nr, sizeof(*types->type), by_name);
	return found && complete;
}

static void free_types(struct types *types)
{
	free(types->type);
	free_layouts(&types->layouts);
}

/* Two of one name that differ. */
struct change {
	const struct type *orig, *patched; /* NULL: gone */
	const struct holder *holder; /* of one that is gone: what is of another type now */
};

struct changes {
	struct change *list;
	size_t nr, max;
	struct types *orig, *patched;
};

static bool same_type(const struct type *a, const struct type *b)
{
	/* values of enumerators may be stored in the running kernel */
	return a->layout == b->layout && (a->kind == ENUMERATOR || a->size == b->size);
}

const struct type *find_twin(const struct types *types, const struct type *of)
{
	const struct type *end = types->type + types->nr, *twin, *found;

	if (!types->nr)
		return NULL;
	found = bsearch(of, types->type, types->nr, sizeof(*of), by_name);
	while (found && found > types->type && !by_name(found - 1, of))
		found--;
	for (twin = found; twin && twin < end && !by_name(twin, of); twin++) {
		if (same_type(of, twin))
			return twin;
	}
	return found;
}

static struct described described(struct types *types, const struct type *type)
{
	return (struct described){ &types->layouts, type->offset };
}

static bool is_structure(const struct type *type)
{
	return type->kind == STRUCT || type->kind == UNION || type->unnamed;
}

static bool has_members(const struct change *change)
{
	return is_structure(change->orig) && is_structure(change->patched);
}

/* That of a structure without a name is the structure itself, which has no type. */
static bool has_type(const struct change *change)
{
	return (change->orig->kind == VARIABLE || change->orig->kind == TYPEDEF) &&
	       !change->orig->unnamed && !change->patched->unnamed;
}

/*
 * What differs, in words; allocated. NULL where members have changed places in the source only,
 * or stand in a structure without a name now, and all are where they were. For @told see
 * tell_members().
 */
static char *details(const struct changes *changes, const struct change *change, struct told *told)
{
	struct described orig = described(changes->orig, change->orig);
	struct described patched = described(changes->patched, change->patched);
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	bool any = true;

	if (!out)
		fatal("no-memory", "out of memory");
	*told = (struct told){ .moved = true };
	if (change->orig->kind == FUNCTION)
		any = tell_prototype(out, &orig, &patched);
	else if (has_members(change))
		any = tell_members(out, &orig, &patched, told);
	else if (has_type(change))
		tell_types(out, &orig, &patched);
	fclose(out);
	if (any || change->orig->size != change->patched->size)
		return text;
	free(text);
	return NULL;
}

/* How authors name what they have handled (KPATCH_TYPE_HANDLED); a function by its name. */
static void tell_key(FILE *out, const struct type *type)
{
	if (type->kind == ENUMERATOR && *type->of)
		fprintf(out, "enum %s", type->of);
	else if (type->kind == FUNCTION)
		fputs(type->name, out);
	else
		fprintf(out, "%s %s", kind_name[type->kind], type->name);
}

static void tell_text(FILE *out, const struct change *change, const char *how, bool only_names)
{
	const struct type *orig = change->orig, *patched = change->patched;
	const char *of = *orig->function ? " of " : "", *call = *orig->function ? "()" : "";
	bool renamed = strcmp(orig->name, patched->name), other = orig->kind != patched->kind;

	if (orig->kind == ENUMERATOR) {
		fprintf(out, "the value of the enumerator %s changed from %" PRId64 " to %" PRId64,
			orig->name, (int64_t)orig->layout, (int64_t)patched->layout);
	} else if (orig->kind == FUNCTION) {
		fprintf(out, "%s", how);
	} else if (only_names) {
		fprintf(out, "in %s %s%s%s%s %s", kind_name[orig->kind], orig->name, of,
			orig->function, call, how);
	} else {
		fprintf(out, "the %s of %s%s %s%s%s%s%s%s%s%s%s changed",
			orig->kind == STRUCT || orig->kind == UNION ? "layout" : "type",
			orig->kind == STRUCT || orig->kind == UNION ? "" : "the ",
			kind_name[orig->kind], orig->name, of, orig->function, call,
			renamed || other ? ", now " : "", other ? kind_name[patched->kind] : "",
			other ? " " : "", renamed || other ? patched->name : "",
			renamed || other ? "," : "");
		if (*how)
			fprintf(out, ": %s", how);
		if (orig->size != patched->size)
			fprintf(out, " (%" PRIu64 " bytes, now %" PRIu64 ")", orig->size,
				patched->size);
	}
}

/* Where it sizes something, that shows; elsewhere no object has it. */
static bool is_count(const struct change *change)
{
	const struct type *orig = change->orig, *patched = change->patched;

	return orig->counts && patched->counts && orig->size != patched->size;
}

static const char *identifier(const struct change *change)
{
	switch (change->orig->kind) {
	case ENUMERATOR:
		return is_count(change) ? ENUM_COUNT_CHANGED : ENUM_CHANGED;
	case FUNCTION:
		return change->orig->external ? PROTOTYPE_CHANGED : PROTOTYPE_OF_STATIC_CHANGED;
	default:
		return "struct-layout-changed";
	}
}

/* The place is one of the original: the patched source has none. */
static void tell_gone(FILE *out, const struct change *change)
{
	const struct type *orig = change->orig;
	const struct holder *holder = change->holder;

	fputs("struct-layout-changed\t\t0\t1\t", out);
	tell_key(out, orig);
	fprintf(out,
		"\tthe %s %s of the original (%s:%" PRIu64 ") is gone, and %s%s%s() is not of it "
		"now\n",
		kind_name[orig->kind], orig->name, orig->file, orig->line,
		*holder->name ? holder->name : "what is returned", *holder->name ? " of " : " by ",
		holder->function);
}

/* Whether it is the same structure but for its members. */
static bool has_same_frame(const struct change *change)
{
	return change->orig->size == change->patched->size &&
	       change->orig->kind == change->patched->kind &&
	       !strcmp(change->orig->name, change->patched->name);
}

/* Identifier, file, line, moved, key, text. Returns false where there is nothing to tell. */
static bool tell_change(FILE *out, const struct changes *changes, const struct change *change)
{
	struct told told;
	char *how;

	if (!change->patched) {
		tell_gone(out, change);
		return true;
	}
	how = details(changes, change, &told);
	told.only_names &= has_same_frame(change);
	if (!how)
		return false;
	fprintf(out, "%s\t%s\t%" PRIu64 "\t%d\t",
		told.only_names ? told.byte_order ? BYTE_ORDER_CHANGED : MEMBER_RENAMED
				: identifier(change),
		change->patched->file, change->patched->line, told.moved);
	tell_key(out, change->patched);
	fputc('\t', out);
	tell_text(out, change, how, told.only_names);
	fputc('\n', out);
	free(how);
	return true;
}

/* A header has many structures, of which some are new only to this unit: they stand elsewhere. */
bool is_near(const struct type *a, const struct type *b)
{
	const uint64_t lines = 10;

	return !strcmp(a->file, b->file) && a->line <= b->line + lines &&
	       b->line <= a->line + lines;
}

static void find_changes(struct changes *changes, struct gone_structs *gone)
{
	const struct types *orig = changes->orig;
	size_t i;

	for (i = 0; i < orig->nr; i++) {
		const struct type *twin = find_twin(changes->patched, &orig->type[i]);
		const struct holder *holder = NULL;

		if (!twin)
			twin = find_successor(gone, &orig->type[i], &holder);
		if (twin ? same_type(&orig->type[i], twin) : !holder)
			continue;
		grow(changes->list, changes->nr, changes->max);
		changes->list[changes->nr++] = (struct change){ &orig->type[i], twin, holder };
	}
}

/* Who uses a function is told by the code that calls it. */
static bool has_users(const struct change *change)
{
	return change->orig->kind != FUNCTION && change->orig->kind != VARIABLE;
}

static void tell_changes(struct changes *changes, const struct debug_file *old,
			 const struct debug_file *new, FILE *out)
{
	struct used_type *orig = xcalloc(changes->nr + 1, sizeof(*orig));
	struct used_type *patched = xcalloc(changes->nr + 1, sizeof(*patched));
	size_t i, nr = 0, line = 0;

	for (i = 0; i < changes->nr; i++) {
		const struct change *change = &changes->list[i];

		if (!tell_change(out, changes, change))
			continue;
		if (has_users(change)) {
			orig[nr] = (struct used_type){ change->orig->offset, line };
			patched[nr++] = (struct used_type){
				change->patched ? change->patched->offset : NO_TYPE, line
			};
		}
		line++;
	}
	tell_gone_enumerators(changes->orig, changes->patched, out);
	tell_gone_variables(changes->orig, changes->patched, out);
	tell_uses(old, 'o', orig, nr, out);
	tell_uses(new, 'p', patched, nr, out);
	free(orig);
	free(patched);
}

bool compare_types(const struct debug_file *old, const struct debug_file *new, FILE *out)
{
	struct types orig = { 0 }, patched = { 0 };
	struct changes changes = { .orig = &orig, .patched = &patched };
	struct gone_structs gone = { .orig = &orig, .patched = &patched };
	bool known = collect_types(&orig, old);

	known &= collect_types(&patched, new);
	find_changes(&changes, &gone);
	tell_changes(&changes, old, new, out);
	free(changes.list);
	free_gone_structs(&gone);
	free_types(&orig);
	free_types(&patched);
	return known;
}
