// SPDX-License-Identifier: GPL-2.0-only
#include "debug-lines.h"
#include "debug-ranges.h"
#include "debug-source.h"
#include "util.h"

#include <inttypes.h>
#include <stdlib.h>

/* How deep blocks and inlined functions are followed. */
#define MAX_DEPTH 64

struct debug_unit {
	struct debug_source source;
	uint64_t table; /* where it begins in .debug_line */
};

struct debug_range {
	uint64_t low, high;
	Dwarf_Off die;
	uint32_t unit;
	bool variable;
};

struct indexer {
	struct debug_lines *lines;
	Dwarf_Off die;
	bool variable;
};

static bool add_range(void *ctx, uint64_t low, uint64_t high)
{
	const struct indexer *x = ctx;
	struct debug_lines *l = x->lines;

	grow(l->ranges, l->nr_ranges, l->max_ranges);
	l->ranges[l->nr_ranges++] = (struct debug_range){
		low, high, x->die, (uint32_t)l->nr_units - 1, x->variable,
	};
	return true;
}

static void index_dies(struct debug_lines *lines, Dwarf_Die scope, int depth);

static void index_die(struct debug_lines *lines, Dwarf_Die die, int depth)
{
	Dwarf_Debug dbg = lines->file->dbg;
	struct indexer x = { .lines = lines };
	Dwarf_Error error = NULL;
	uint64_t address;

	if (dwarf_dieoffset(die, &x.die, &error) != DW_DLV_OK)
		return;
	switch (die_tag(die)) {
	case DW_TAG_subprogram:
		each_range(dbg, die, add_range, &x);
		index_dies(lines, die, depth + 1);
		break;
	case DW_TAG_lexical_block:
	case DW_TAG_inlined_subroutine:
		index_dies(lines, die, depth + 1);
		break;
	case DW_TAG_variable:
		x.variable = true;
		address = fixed_address(die);
		if (address)
			add_range(&x, address, address + 1);
		break;
	}
}

static void index_dies(struct debug_lines *lines, Dwarf_Die scope, int depth)
{
	Dwarf_Die die;

	if (depth >= MAX_DEPTH)
		return;
	for (die = first_child(scope); die; die = next_sibling(lines->file->dbg, die))
		index_die(lines, die, depth);
}

static void index_unit(struct debug_lines *lines, Dwarf_Die die)
{
	struct debug_unit *unit;

	grow(lines->units, lines->nr_units, lines->max_units);
	unit = &lines->units[lines->nr_units++];
	unit->table = unsigned_or_zero(die, DW_AT_stmt_list);
	read_debug_source(&unit->source, lines->file, die);
	index_dies(lines, die, 0);
}

void read_debug_lines(struct debug_lines *lines, const struct debug_file *file)
{
	const struct debug_section *table;
	Dwarf_Die unit;

	memset(lines, 0, sizeof(*lines));
	lines->file = file;
	while (file->dbg && (unit = next_unit(file->dbg)))
		index_unit(lines, unit);
	table = find_debug_section(file, ".debug_line");
	if (table && table->data)
		open_line_table(&lines->table, table->data, table->size);
}

/* Of several rows with one address the last one counts. */
static const struct line_row *line_at(struct debug_lines *lines, uint64_t address)
{
	const struct line_row *rows;
	size_t low = 0, high;

	rows = section_rows(&lines->table, (uint32_t)(address >> 32), &high);
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (rows[mid].address <= address)
			low = mid + 1;
		else
			high = mid;
	}
	return low && !rows[low - 1].end ? &rows[low - 1] : NULL;
}

static void print_file(FILE *out, const char *file)
{
	for (; *file; file++)
		fputc(*file >= ' ' || *file < 0 ? *file : '?', out);
}

static void print_source(FILE *out, const struct debug_source *unit, Dwarf_Die die, Dwarf_Half attr)
{
	const char *file = source_file(unit, die, attr);

	if (file)
		print_file(out, file);
}

static void print_place(FILE *out, const struct debug_source *unit, Dwarf_Die die, Dwarf_Half file,
			Dwarf_Half line)
{
	print_source(out, unit, die, file);
	fprintf(out, "\t%" PRIu64, unsigned_or_zero(die, line));
}

static void print_line(FILE *out, const struct debug_lines *lines, const struct line_row *line)
{
	const char *file = NULL;
	size_t i;

	for (i = 0; i < lines->nr_units && !file; i++) {
		if (lines->units[i].table == line->unit)
			file = numbered_file(&lines->units[i].source, line->file);
	}
	if (file)
		print_file(out, file);
	fprintf(out, "\t%" PRIu64, line->line);
}

struct search {
	uint64_t address;
	bool found;
};

static bool is_inside(void *ctx, uint64_t low, uint64_t high)
{
	struct search *search = ctx;

	search->found = low <= search->address && search->address < high;
	return !search->found;
}

static bool covers(Dwarf_Debug dbg, Dwarf_Die die, uint64_t address)
{
	struct search search = { .address = address };

	each_range(dbg, die, is_inside, &search);
	return search.found;
}

/* Depth first: what is inlined into an inlined function comes out before it. */
static void print_inlined(const struct debug_lines *lines, const struct debug_source *unit,
			  Dwarf_Die scope, uint64_t address, FILE *out, int depth)
{
	Dwarf_Debug dbg = lines->file->dbg;
	Dwarf_Die die, function;
	Dwarf_Half tag;

	for (die = first_child(scope); die && depth < MAX_DEPTH; die = next_sibling(dbg, die)) {
		tag = die_tag(die);
		if ((tag != DW_TAG_inlined_subroutine && tag != DW_TAG_lexical_block) ||
		    !covers(dbg, die, address))
			continue;
		print_inlined(lines, unit, die, address, out, depth + 1);
		function = tag == DW_TAG_inlined_subroutine
				   ? referred_die(dbg, die, DW_AT_abstract_origin)
				   : NULL;
		if (function) {
			fprintf(out, "\t%s\t", die_name(function));
			print_place(out, unit, function, DW_AT_decl_file, DW_AT_decl_line);
			fputc('\t', out);
			print_place(out, unit, die, DW_AT_call_file, DW_AT_call_line);
		}
		break;
	}
}

static const struct debug_range *range_at(const struct debug_lines *lines, uint64_t address)
{
	size_t i;

	for (i = 0; i < lines->nr_ranges; i++) {
		if (lines->ranges[i].low <= address && address < lines->ranges[i].high)
			return &lines->ranges[i];
	}
	return NULL;
}

/*
 * A static variable of an inlined function is declared with the function; a definition behind
 * a declaration says only what is different there, mostly the line.
 */
static void print_variable(FILE *out, const struct debug_source *unit, Dwarf_Debug dbg,
			   Dwarf_Die die)
{
	Dwarf_Die other = referred_die(dbg, die, DW_AT_abstract_origin);
	Dwarf_Unsigned number;

	if (!other)
		other = referred_die(dbg, die, DW_AT_specification);
	if (!other || unsigned_attribute(die, DW_AT_decl_file, &number)) {
		print_place(out, unit, die, DW_AT_decl_file, DW_AT_decl_line);
		return;
	}
	print_source(out, unit, other, DW_AT_decl_file);
	if (!unsigned_attribute(die, DW_AT_decl_line, &number))
		number = unsigned_or_zero(other, DW_AT_decl_line);
	fprintf(out, "\t%" PRIu64, (uint64_t)number);
}

void tell_origin(struct debug_lines *lines, uint64_t address, FILE *out)
{
	Dwarf_Debug dbg = lines->file->dbg;
	const struct line_row *line = line_at(lines, address);
	const struct debug_range *range = range_at(lines, address);
	const struct debug_source *unit = range ? &lines->units[range->unit].source : NULL;
	Dwarf_Error error = NULL;
	Dwarf_Die die = NULL;

	if (range && dwarf_offdie_b(dbg, range->die, 1, &die, &error) != DW_DLV_OK)
		die = NULL;
	if (die && range->variable)
		print_variable(out, unit, dbg, die);
	else if (line)
		print_line(out, lines, line);
	else
		fputs("\t0", out);
	if (die && !range->variable)
		print_inlined(lines, unit, die, address, out, 0);
	fputc('\n', out);
}

static Dwarf_Die next_inlined(const struct debug_lines *lines, Dwarf_Die scope, uint64_t address)
{
	Dwarf_Debug dbg = lines->file->dbg;
	Dwarf_Die die;
	Dwarf_Half tag;

	for (die = first_child(scope); die; die = next_sibling(dbg, die)) {
		tag = die_tag(die);
		if ((tag == DW_TAG_inlined_subroutine || tag == DW_TAG_lexical_block) &&
		    covers(dbg, die, address))
			return die;
	}
	return NULL;
}

bool find_inlined(const struct debug_lines *lines, uint64_t address, unsigned int level,
		  const char **name, const char **file)
{
	const struct debug_range *range = range_at(lines, address);
	Dwarf_Debug dbg = lines->file->dbg;
	Dwarf_Die die = range && !range->variable ? die_at(dbg, range->die) : NULL;
	Dwarf_Die chain[MAX_DEPTH], function;
	unsigned int depth, nr = 0;

	for (depth = 0; die && depth < MAX_DEPTH; depth++) {
		die = next_inlined(lines, die, address);
		if (die && die_tag(die) == DW_TAG_inlined_subroutine)
			chain[nr++] = die;
	}
	if (level >= nr)
		return false;
	function = referred_die(dbg, chain[nr - 1 - level], DW_AT_abstract_origin);
	if (!function)
		return false;
	*name = die_name(function);
	*file = source_file(&lines->units[range->unit].source, function, DW_AT_decl_file);
	return *file;
}
