// SPDX-License-Identifier: GPL-2.0-only
#include "line-table.h"
#include "util.h"

#include <stdlib.h>
#include <string.h>

enum { /* opcodes with operands, or with a meaning for place or line */
       DW_LNS_extended = 0,
       DW_LNS_copy = 1,
       DW_LNS_advance_pc = 2,
       DW_LNS_advance_line = 3,
       DW_LNS_set_file = 4,
       DW_LNS_const_add_pc = 8,
       DW_LNS_fixed_advance_pc = 9,
       DW_LNE_end_sequence = 1,
       DW_LNE_set_address = 2,
};

/* Reads no byte behind @end; what is missing reads as 0, and @bad is set. */
struct reader {
	const uint8_t *at, *end;
	bool bad;
};

struct line_unit {
	uint64_t place; /* in the table */
	const uint8_t *end;
	const uint8_t *lengths; /* number of operands of each standard opcode */
	uint8_t min_length, opcode_base, line_range;
	int8_t line_base;
};

struct line_sequence {
	const uint8_t *start;
	uint32_t unit; /* index in units */
	uint32_t section;
};

/* A run of one sequence. */
struct program {
	struct reader in;
	const struct line_unit *unit;
	struct line_row state;
	/* what becomes of a row */
	void (*add)(struct line_table *table, const struct program *program);
	const uint8_t *start;
	uint32_t section; /* the one that is asked for */
};

static uint64_t read_fixed(struct reader *in, size_t width)
{
	uint64_t value = 0;
	size_t i;

	if ((size_t)(in->end - in->at) < width) {
		in->bad = true;
		in->at = in->end;
		return 0;
	}
	for (i = 0; i < width; i++)
		value |= (uint64_t)in->at[i] << (8 * i);
	in->at += width;
	return value;
}

static uint64_t read_leb(struct reader *in, bool is_signed)
{
	unsigned int shift = 0;
	uint64_t value = 0, byte;

	do {
		byte = read_fixed(in, 1);
		if (shift < 64)
			value |= (byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80);
	if (is_signed && byte & 0x40 && shift < 64)
		value |= ~(uint64_t)0 << shift;
	return value;
}

/* A reader of the next @size bytes, which @in skips. */
static struct reader read_part(struct reader *in, uint64_t size)
{
	struct reader part = { in->at, in->at, false };

	if (size > (uint64_t)(in->end - in->at)) {
		in->bad = true;
		size = (uint64_t)(in->end - in->at);
	}
	in->at += size;
	part.end = in->at;
	return part;
}

static uint32_t row_section(const struct line_row *row)
{
	return (uint32_t)(row->address >> 32);
}

/* Returns whether the sequence ended. */
static bool run_extended(struct line_table *table, struct program *program)
{
	uint64_t size = read_leb(&program->in, false);
	struct reader operand = read_part(&program->in, size);

	switch (read_fixed(&operand, 1)) {
	case DW_LNE_end_sequence:
		program->state.end = true;
		program->add(table, program);
		return true;
	case DW_LNE_set_address:
		program->state.address = read_fixed(&operand, 8);
		break;
	}
	return false;
}

static void run_special(struct line_table *table, struct program *program, uint8_t opcode)
{
	const struct line_unit *unit = program->unit;
	uint8_t adjusted = opcode - unit->opcode_base;

	program->state.address += (uint64_t)(adjusted / unit->line_range) * unit->min_length;
	program->state.line += (uint64_t)(int64_t)(unit->line_base + adjusted % unit->line_range);
	program->add(table, program);
}

static void run_standard(struct line_table *table, struct program *program, uint8_t opcode)
{
	const struct line_unit *unit = program->unit;
	struct reader *in = &program->in;
	uint8_t i;

	switch (opcode) {
	case DW_LNS_copy:
		program->add(table, program);
		break;
	case DW_LNS_advance_pc:
		program->state.address += read_leb(in, false) * unit->min_length;
		break;
	case DW_LNS_advance_line:
		program->state.line += read_leb(in, true);
		break;
	case DW_LNS_set_file:
		program->state.file = read_leb(in, false);
		break;
	case DW_LNS_const_add_pc:
		program->state.address +=
			(uint64_t)((255 - unit->opcode_base) / unit->line_range) * unit->min_length;
		break;
	case DW_LNS_fixed_advance_pc:
		program->state.address += read_fixed(in, 2);
		break;
	default:
		for (i = 0; i < unit->lengths[opcode - 1]; i++)
			read_leb(in, false);
	}
}

/* Runs one sequence, or what there is of it. */
static void run_sequence(struct line_table *table, struct program *program)
{
	const struct line_unit *unit = program->unit;
	struct reader *in = &program->in;
	bool ended = false;

	program->start = in->at;
	program->state = (struct line_row){ .line = 1, .file = 1, .unit = unit->place };
	while (in->at < in->end && !ended) {
		uint8_t opcode = (uint8_t)read_fixed(in, 1);

		if (opcode >= unit->opcode_base)
			run_special(table, program, opcode);
		else if (opcode == DW_LNS_extended)
			ended = run_extended(table, program);
		else
			run_standard(table, program, opcode);
	}
}

/* One for each section that it has rows about, mostly one. */
static void add_sequence(struct line_table *table, const struct program *program)
{
	uint32_t section = row_section(&program->state);
	const struct line_sequence *last =
		table->nr_sequences ? &table->sequences[table->nr_sequences - 1] : NULL;

	if (!section || (last && last->start == program->start && last->section == section))
		return;
	grow(table->sequences, table->nr_sequences, table->max_sequences);
	table->sequences[table->nr_sequences++] = (struct line_sequence){
		program->start,
		(uint32_t)(program->unit - table->units),
		section,
	};
}

static void add_row(struct line_table *table, const struct program *program)
{
	if (row_section(&program->state) != program->section)
		return;
	grow(table->rows, table->nr_rows, table->max_rows);
	table->rows[table->nr_rows] = program->state;
	table->rows[table->nr_rows].order = (uint32_t)table->nr_rows;
	table->nr_rows++;
}

/* The header up to the tables of directories and files, which are skipped. */
static bool read_header(struct reader *in, uint64_t place, struct line_unit *unit,
			struct reader *program)
{
	struct reader header;
	uint64_t length = read_fixed(in, 4), version;
	size_t width = 4;

	if (length == 0xffffffff) {
		width = 8;
		length = read_fixed(in, 8);
	}
	*program = read_part(in, length);
	version = read_fixed(program, 2);
	if (version >= 5)
		read_fixed(program, 2); /* sizes of address and segment selector */
	header = read_part(program, read_fixed(program, width));
	unit->place = place;
	unit->end = program->end;
	unit->min_length = (uint8_t)read_fixed(&header, 1);
	if (version >= 4)
		read_fixed(&header, 1); /* operations per instruction, 1 here */
	read_fixed(&header, 1); /* whether rows begin statements */
	unit->line_base = (int8_t)read_fixed(&header, 1);
	unit->line_range = (uint8_t)read_fixed(&header, 1);
	unit->opcode_base = (uint8_t)read_fixed(&header, 1);
	unit->lengths = header.at;
	return version >= 2 && version <= 5 && !program->bad && !header.bad && unit->line_range &&
	       unit->opcode_base && unit->opcode_base - 1 <= header.end - header.at;
}

static int by_section(const void *a, const void *b)
{
	const struct line_sequence *sa = a, *sb = b;

	if (sa->section != sb->section)
		return sa->section < sb->section ? -1 : 1;
	return sa->start < sb->start ? -1 : sa->start > sb->start;
}

void open_line_table(struct line_table *table, const uint8_t *data, uint64_t size)
{
	struct reader in = { data, data + size, false };
	struct program program = { .add = add_sequence };
	struct line_unit unit = { 0 };

	*table = (struct line_table){ 0 };
	while (in.at < in.end) {
		if (!read_header(&in, (uint64_t)(in.at - data), &unit, &program.in))
			continue;
		grow(table->units, table->nr_units, table->max_units);
		table->units[table->nr_units] = unit;
		program.unit = &table->units[table->nr_units++];
		while (program.in.at < program.in.end)
			run_sequence(table, &program);
	}
	if (table->nr_sequences)
		qsort(table->sequences, table->nr_sequences, sizeof(*table->sequences), by_section);
}

void close_line_table(struct line_table *table)
{
	free(table->units);
	free(table->sequences);
	free(table->rows);
}

static int by_address(const void *a, const void *b)
{
	const struct line_row *ra = a, *rb = b;

	if (ra->address != rb->address)
		return ra->address < rb->address ? -1 : 1;
	return ra->order < rb->order ? -1 : ra->order > rb->order;
}

static size_t first_sequence(const struct line_table *table, uint32_t section)
{
	size_t low = 0, high = table->nr_sequences;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (table->sequences[mid].section < section)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void read_rows(struct line_table *table, uint32_t section)
{
	struct program program = { .add = add_row, .section = section };
	size_t i = first_sequence(table, section);

	table->section = section;
	table->nr_rows = 0;
	for (; i < table->nr_sequences && table->sequences[i].section == section; i++) {
		const struct line_sequence *sequence = &table->sequences[i];

		if (i && !by_section(sequence - 1, sequence))
			continue; /* it led elsewhere and back */
		program.unit = &table->units[sequence->unit];
		program.in = (struct reader){ sequence->start, program.unit->end, false };
		run_sequence(table, &program);
	}
	if (table->nr_rows)
		qsort(table->rows, table->nr_rows, sizeof(*table->rows), by_address);
}

const struct line_row *section_rows(struct line_table *table, uint32_t section, size_t *nr)
{
	if (section != table->section)
		read_rows(table, section);
	*nr = table->nr_rows;
	return table->rows;
}
