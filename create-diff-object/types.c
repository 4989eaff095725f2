// SPDX-License-Identifier: GPL-2.0-only
#include "types.h"
#include "report.h"
#include "util.h"

#include <errno.h>
#include <inttypes.h>
#include <libdwarf/dwarf.h>
#include <libdwarf/libdwarf.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* How deep one type is described inside of another; C has no need for more. */
#define MAX_DEPTH 16

struct type {
	char *name; /* "struct foo" */
	char *layout; /* size and members as text, made to be compared */
	uint64_t size;
};

struct types {
	struct type *type;
	size_t nr, max;
};

static void describe_members(Dwarf_Debug dbg, Dwarf_Die die, FILE *out, int depth);
static void describe_type_of(Dwarf_Debug dbg, Dwarf_Die die, FILE *out, int depth);

static bool unsigned_attribute(Dwarf_Die die, Dwarf_Half attr, Dwarf_Unsigned *value)
{
	Dwarf_Attribute attribute;
	Dwarf_Error error = NULL;

	return dwarf_attr(die, attr, &attribute, &error) == DW_DLV_OK &&
	       dwarf_formudata(attribute, value, &error) == DW_DLV_OK;
}

static uint64_t unsigned_or_zero(Dwarf_Die die, Dwarf_Half attr)
{
	Dwarf_Unsigned value;

	return unsigned_attribute(die, attr, &value) ? value : 0;
}

static const char *die_name(Dwarf_Die die)
{
	Dwarf_Error error = NULL;
	char *name;

	return dwarf_diename(die, &name, &error) == DW_DLV_OK ? name : "";
}

static Dwarf_Half die_tag(Dwarf_Die die)
{
	Dwarf_Error error = NULL;
	Dwarf_Half tag = 0;

	return dwarf_tag(die, &tag, &error) == DW_DLV_OK ? tag : 0;
}

/* The DIE that DW_AT_type of @die refers to, or NULL: void. */
static Dwarf_Die type_die(Dwarf_Debug dbg, Dwarf_Die die)
{
	Dwarf_Attribute attribute;
	Dwarf_Error error = NULL;
	Dwarf_Die type = NULL;
	Dwarf_Off offset;

	if (dwarf_attr(die, DW_AT_type, &attribute, &error) != DW_DLV_OK ||
	    dwarf_global_formref(attribute, &offset, &error) != DW_DLV_OK ||
	    dwarf_offdie_b(dbg, offset, 1, &type, &error) != DW_DLV_OK)
		return NULL;
	return type;
}

static Dwarf_Die first_child(Dwarf_Die die)
{
	Dwarf_Error error = NULL;
	Dwarf_Die child = NULL;

	return dwarf_child(die, &child, &error) == DW_DLV_OK ? child : NULL;
}

static Dwarf_Die next_sibling(Dwarf_Debug dbg, Dwarf_Die die)
{
	Dwarf_Error error = NULL;
	Dwarf_Die next = NULL;

	return dwarf_siblingof_b(dbg, die, 1, &next, &error) == DW_DLV_OK ? next : NULL;
}

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

/* Named types are told by name: where their own layout changed, they are found themselves. */
static void describe_type(Dwarf_Debug dbg, Dwarf_Die die, FILE *out, int depth)
{
	Dwarf_Half tag = die_tag(die);
	const char *name = die_name(die);

	fprintf(out, "%x:%s", tag, name);
	if (tag == DW_TAG_array_type)
		describe_bounds(dbg, die, out);
	if ((tag == DW_TAG_structure_type || tag == DW_TAG_union_type) && !*name) {
		fprintf(out, "(%" PRIu64, unsigned_or_zero(die, DW_AT_byte_size));
		describe_members(dbg, die, out, depth + 1);
		fputc(')', out);
	} else if (tag == DW_TAG_base_type) {
		fprintf(out, "(%" PRIu64 ")", unsigned_or_zero(die, DW_AT_byte_size));
	} else if (tag != DW_TAG_subroutine_type && tag != DW_TAG_enumeration_type) {
		describe_type_of(dbg, die, out, depth + 1);
	}
}

static void describe_type_of(Dwarf_Debug dbg, Dwarf_Die die, FILE *out, int depth)
{
	Dwarf_Die type = depth < MAX_DEPTH ? type_die(dbg, die) : NULL;

	if (!type)
		return;
	fputc(' ', out);
	describe_type(dbg, type, out, depth);
	dwarf_dealloc_die(type);
}

static void describe_members(Dwarf_Debug dbg, Dwarf_Die die, FILE *out, int depth)
{
	Dwarf_Die member;

	if (depth >= MAX_DEPTH)
		return;
	for (member = first_child(die); member; member = next_sibling(dbg, member)) {
		if (die_tag(member) != DW_TAG_member)
			continue;
		fprintf(out, ";%s@%" PRIu64 ".%" PRIu64 ":%" PRIu64, die_name(member),
			unsigned_or_zero(member, DW_AT_data_member_location),
			unsigned_or_zero(member, DW_AT_data_bit_offset),
			unsigned_or_zero(member, DW_AT_bit_size));
		describe_type_of(dbg, member, out, depth);
	}
}

/* Opens the description of a new item; @name is taken over. */
static FILE *add_item(struct types *types, char *name, size_t *size)
{
	struct type *type;
	FILE *out;

	grow(types->type, types->nr, types->max);
	type = &types->type[types->nr++];
	memset(type, 0, sizeof(*type));
	type->name = name;
	out = open_memstream(&type->layout, size);
	if (!out)
		fatal("no-memory", "out of memory");
	return out;
}

static void add_struct(struct types *types, Dwarf_Debug dbg, Dwarf_Die die, const char *where)
{
	size_t size;
	FILE *out = add_item(types,
			     xasprintf("%s %s%s",
				       die_tag(die) == DW_TAG_union_type ? "union" : "struct",
				       die_name(die), where),
			     &size);

	types->type[types->nr - 1].size = unsigned_or_zero(die, DW_AT_byte_size);
	describe_members(dbg, die, out, 0);
	fclose(out);
}

/* Typedefs and variables: their types may be structures that have no name of their own. */
static void add_named(struct types *types, Dwarf_Debug dbg, Dwarf_Die die, const char *kind,
		      const char *where)
{
	size_t size;
	FILE *out = add_item(types, xasprintf("%s %s%s", kind, die_name(die), where), &size);

	describe_type_of(dbg, die, out, 0);
	fclose(out);
}

/*
 * Values of enumerators may be stored in the running kernel. The last one of an
 * enumeration mostly counts the others; where it sizes something, that shows.
 */
static void add_enumerators(struct types *types, Dwarf_Debug dbg, Dwarf_Die die)
{
	Dwarf_Die enumerator, next;
	Dwarf_Signed value;
	Dwarf_Attribute attribute;
	Dwarf_Error error = NULL;
	size_t size;
	FILE *out;

	for (enumerator = first_child(die); enumerator; enumerator = next) {
		next = next_sibling(dbg, enumerator);
		if (!next ||
		    dwarf_attr(enumerator, DW_AT_const_value, &attribute, &error) != DW_DLV_OK)
			continue;
		if (dwarf_formsdata(attribute, &value, &error) != DW_DLV_OK)
			value = (Dwarf_Signed)unsigned_or_zero(enumerator, DW_AT_const_value);
		out = add_item(types, xasprintf("enumerator %s", die_name(enumerator)), &size);
		fprintf(out, "%" PRId64, (int64_t)value);
		fclose(out);
	}
}

/*
 * The number of the unit's own file in the line table: gcc writes it as file 1, clang
 * as file 0, and DWARF 5 (section 6.2.4) has both name the same file.
 */
static bool is_declared_here(Dwarf_Die die)
{
	Dwarf_Unsigned file;

	return unsigned_attribute(die, DW_AT_decl_file, &file) && file <= 1;
}

static void collect(struct types *types, Dwarf_Debug dbg, Dwarf_Die scope, const char *where,
		    int depth);

static void collect_die(struct types *types, Dwarf_Debug dbg, Dwarf_Die die, const char *where,
			int depth)
{
	char *inside;

	switch (die_tag(die)) {
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
		if (*die_name(die) && !unsigned_or_zero(die, DW_AT_declaration))
			add_struct(types, dbg, die, where);
		break;
	case DW_TAG_typedef:
		add_named(types, dbg, die, "typedef", where);
		break;
	case DW_TAG_variable:
		if (*die_name(die) && !depth)
			add_named(types, dbg, die, "variable", where);
		break;
	case DW_TAG_enumeration_type:
		add_enumerators(types, dbg, die);
		break;
	case DW_TAG_subprogram:
	case DW_TAG_lexical_block:
		inside = *where ? xasprintf("%s", where) : xasprintf(" of %s()", die_name(die));
		collect(types, dbg, die, inside, depth + 1);
		free(inside);
		break;
	}
}

/* Types of the file itself; a block inside of a function does not say where it is from. */
static void collect(struct types *types, Dwarf_Debug dbg, Dwarf_Die scope, const char *where,
		    int depth)
{
	Dwarf_Die die;

	if (depth >= MAX_DEPTH)
		return;
	for (die = first_child(scope); die; die = next_sibling(dbg, die)) {
		if (die_tag(die) == DW_TAG_lexical_block || is_declared_here(die))
			collect_die(types, dbg, die, where, depth);
	}
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct type *)a)->name, ((const struct type *)b)->name);
}

/* Returns false when there is no debug information. */
static bool collect_types(struct types *types, const char *path)
{
	Dwarf_Unsigned length, abbrev, type_offset, next;
	Dwarf_Half version, address_size, offset_size, extension, unit_type;
	Dwarf_Sig8 signature;
	Dwarf_Error error = NULL;
	bool found = false;
	Dwarf_Debug dbg;
	Dwarf_Die unit;

	if (dwarf_init_path(path, NULL, 0, 0, 0, NULL, NULL, &dbg, NULL, 0, NULL, &error) !=
	    DW_DLV_OK)
		return false;
	while (dwarf_next_cu_header_d(dbg, 1, &length, &version, &abbrev, &address_size,
				      &offset_size, &extension, &signature, &type_offset, &next,
				      &unit_type, &error) == DW_DLV_OK) {
		if (dwarf_siblingof_b(dbg, NULL, 1, &unit, &error) == DW_DLV_OK)
			collect(types, dbg, unit, "", 0);
		found = true;
	}
	dwarf_finish(dbg, &error);
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
}

static void compare_type(struct diff *diff, const struct type *orig, const struct type *patched)
{
	if (orig->size == patched->size && !strcmp(orig->layout, patched->layout))
		return;
	if (has_prefix(orig->name, "enumerator "))
		finding(diff, "enum-changed",
			"the value of the %s changed from %s to %s, but the old one may be stored "
			"in the running kernel; add new enumerators at the end",
			orig->name, orig->layout, patched->layout);
	else if (orig->size || patched->size)
		finding(diff, "struct-layout-changed",
			"the layout of %s changed (%lu bytes, now %lu), but objects of it may "
			"exist in the running kernel; keep it as it is and attach new members as a "
			"shadow variable (klp_shadow_alloc)",
			orig->name, (unsigned long)orig->size, (unsigned long)patched->size);
	else
		finding(diff, "struct-layout-changed",
			"the type of the %s changed, but objects of it may exist in the running "
			"kernel; keep it as it is and attach new members as a shadow variable "
			"(klp_shadow_alloc)",
			orig->name);
}

static void compare_types(struct diff *diff)
{
	struct types orig = { 0 }, patched = { 0 };
	size_t i;

	if (!collect_types(&orig, diff->orig.path) || !collect_types(&patched, diff->patched.path))
		fprintf(stderr,
			"create-diff-object: warning: %s: no debug information, so that changed "
			"layouts of structures cannot be seen; compile with -g [no-debug-info]\n",
			diff->patched.label);
	for (i = 0; i < orig.nr && patched.nr; i++) {
		const struct type *twin = bsearch(&orig.type[i], patched.type, patched.nr,
						  sizeof(*patched.type), by_name);

		if (twin)
			compare_type(diff, &orig.type[i], twin);
	}
	free_types(&orig);
	free_types(&patched);
}

/* In the child: the findings that it adds go to @out, a line each. */
static void report_types(struct diff *diff, FILE *out)
{
	size_t i, before = diff->findings->findings.nr;

	compare_types(diff);
	for (i = before; i < diff->findings->findings.nr; i++)
		fprintf(out, "%s\t%s\n", diff->findings->findings.remark[i].id,
			diff->findings->findings.remark[i].text);
	fflush(out);
}

/* Identifiers of findings are static text. */
static const char *finding_id(const char *id)
{
	return strcmp(id, "enum-changed") ? "struct-layout-changed" : "enum-changed";
}

static void read_findings(struct diff *diff, FILE *in)
{
	size_t size = 0;
	char *line = NULL, *text;

	while (getline(&line, &size, in) > 0) {
		text = strchr(line, '\t');
		if (!text)
			continue;
		*text++ = '\0';
		text[strcspn(text, "\n")] = '\0';
		finding(diff, finding_id(line), "%s", text);
	}
	free(line);
}

/*
 * libdwarf (20210528) frees memory twice on some damaged debug information, so that it
 * gets a process of its own.
 */
void check_types(struct diff *diff)
{
	int fds[2], status = 0;
	FILE *in, *out;
	pid_t child;

	fflush(NULL);
	if (pipe(fds) || (child = fork()) < 0)
		fatal("no-process", "cannot start a process: %s", strerror(errno));
	if (!child) {
		close(fds[0]);
		out = fdopen(fds[1], "w");
		if (out)
			report_types(diff, out);
		_exit(!out);
	}
	close(fds[1]);
	in = fdopen(fds[0], "r");
	if (in)
		read_findings(diff, in);
	if (!in || waitpid(child, &status, 0) != child || status)
		finding(diff, "bad-debug-info",
			"the debug information cannot be read, so that changed layouts of "
			"structures would not be seen; compile the objects again");
	if (in)
		fclose(in);
}
