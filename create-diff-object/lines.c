// SPDX-License-Identifier: GPL-2.0-only
/*
 * .debug_line, DWARF 5, section 6.2 (versions 2 to 5): the line number program of each unit
 * is run, and its rows are kept with the section of the object that they are about. That is
 * in the relocation of DW_LNE_set_address only: every function has a section of its own
 * here, and all of them begin at address 0.
 */
#include "lines.h"
#include "util.h"

#include <stdlib.h>

enum { /* opcodes with operands, or with a meaning for place or line */
       DW_LNS_extended = 0,
       DW_LNS_copy = 1,
       DW_LNS_advance_pc = 2,
       DW_LNS_advance_line = 3,
       DW_LNS_const_add_pc = 8,
       DW_LNS_fixed_advance_pc = 9,
       DW_LNE_end_sequence = 1,
       DW_LNE_set_address = 2,
};

struct row {
	uint32_t section; /* of the file; 0: unknown */
	uint64_t offset;
	uint64_t line; /* 0: behind the last instruction, or none of the source */
};

struct lines {
	struct row *row; /* by place */
	size_t nr, max;
};

/* Reads no byte behind @end; what is missing reads as 0, and @bad is set. */
struct reader {
	const uint8_t *at, *end;
	bool bad;
};

/* .debug_line and its relocations, which the loader leaves out. */
struct debug {
	const struct section *sec;
	struct rela *relas; /* by offset */
	size_t nr_relas;
};

struct program {
	struct reader in;
	const uint8_t *lengths; /* number of operands of each standard opcode */
	uint8_t min_length, opcode_base, line_range;
	int8_t line_base;
	struct row state;
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

static void load_debug(const struct object *obj, const struct section *sec, struct debug *debug)
{
	const struct section *rsec;
	size_t max = 0, i;
	Elf64_Rela raw;

	*debug = (struct debug){ .sec = sec };
	for_each_section (obj, rsec) {
		if (rsec->shdr.sh_type != SHT_RELA || rsec->shdr.sh_info != section_index(obj, sec))
			continue;
		for (i = 0; i < nr_raw_relas(rsec); i++) {
			raw = raw_rela(rsec, i);
			if (ELF64_R_SYM(raw.r_info) >= obj->nr_symbols || raw.r_offset > UINT32_MAX)
				continue;
			grow(debug->relas, debug->nr_relas, max);
			debug->relas[debug->nr_relas++] =
				(struct rela){ .offset = (uint32_t)raw.r_offset,
					       .symbol = (uint32_t)ELF64_R_SYM(raw.r_info),
					       .addend = raw.r_addend };
		}
	}
	if (debug->nr_relas)
		qsort(debug->relas, debug->nr_relas, sizeof(*debug->relas), rela_by_offset);
}

/* Moves @place to where the address of eight bytes at @at of .debug_line points. */
static void set_place(const struct object *obj, const struct debug *debug, const uint8_t *at,
		      struct row *place)
{
	struct rela key = { .offset = (uint32_t)(at - debug->sec->data) };
	const struct rela *rela = NULL;
	const struct symbol *sym;

	place->section = 0;
	if (debug->nr_relas)
		rela = bsearch(&key, debug->relas, debug->nr_relas, sizeof(key), rela_by_offset);
	if (!rela || !obj->symbols[rela->symbol].section)
		return;
	sym = &obj->symbols[rela->symbol];
	place->section = obj->sections[sym->section].origin;
	place->offset = sym->value + (uint64_t)rela->addend;
	if (sym->type != STT_SECTION)
		place->offset += obj->sections[sym->section].origin_offset;
}

static void add_row(struct lines *lines, const struct row *row)
{
	if (!row->section)
		return;
	grow(lines->row, lines->nr, lines->max);
	lines->row[lines->nr++] = *row;
}

static void run_extended(const struct object *obj, const struct debug *debug,
			 struct program *program, struct lines *lines)
{
	uint64_t size = read_leb(&program->in, false);
	struct reader operand = read_part(&program->in, size);

	switch (read_fixed(&operand, 1)) {
	case DW_LNE_end_sequence:
		program->state.line = 0;
		add_row(lines, &program->state);
		program->state = (struct row){ .line = 1 };
		break;
	case DW_LNE_set_address:
		set_place(obj, debug, operand.at, &program->state);
		break;
	}
}

static void run_special(struct program *program, uint8_t opcode, struct lines *lines)
{
	uint8_t adjusted = opcode - program->opcode_base;

	program->state.offset += (uint64_t)(adjusted / program->line_range) * program->min_length;
	program->state.line +=
		(uint64_t)(int64_t)(program->line_base + adjusted % program->line_range);
	add_row(lines, &program->state);
}

static void run_standard(struct program *program, uint8_t opcode, struct lines *lines)
{
	struct reader *in = &program->in;
	uint8_t i;

	switch (opcode) {
	case DW_LNS_copy:
		add_row(lines, &program->state);
		break;
	case DW_LNS_advance_pc:
		program->state.offset += read_leb(in, false) * program->min_length;
		break;
	case DW_LNS_advance_line:
		program->state.line += read_leb(in, true);
		break;
	case DW_LNS_const_add_pc:
		program->state.offset +=
			(uint64_t)((255 - program->opcode_base) / program->line_range) *
			program->min_length;
		break;
	case DW_LNS_fixed_advance_pc:
		program->state.offset += read_fixed(in, 2);
		break;
	default:
		for (i = 0; i < program->lengths[opcode - 1]; i++)
			read_leb(in, false);
	}
}

static void run_program(const struct object *obj, const struct debug *debug,
			struct program *program, struct lines *lines)
{
	program->state = (struct row){ .line = 1 };
	while (program->in.at < program->in.end) {
		uint8_t opcode = (uint8_t)read_fixed(&program->in, 1);

		if (opcode >= program->opcode_base)
			run_special(program, opcode, lines);
		else if (opcode == DW_LNS_extended)
			run_extended(obj, debug, program, lines);
		else
			run_standard(program, opcode, lines);
	}
}

/* One unit: the header up to the tables of directories and files, which are skipped. */
static void read_unit(const struct object *obj, const struct debug *debug, struct reader *in,
		      struct lines *lines)
{
	struct program program = { 0 };
	struct reader unit, header;
	uint64_t length = read_fixed(in, 4), version;
	size_t width = 4;

	if (length == 0xffffffff) {
		width = 8;
		length = read_fixed(in, 8);
	}
	unit = read_part(in, length);
	version = read_fixed(&unit, 2);
	if (version >= 5)
		read_fixed(&unit, 2); /* sizes of address and segment selector */
	header = read_part(&unit, read_fixed(&unit, width));
	program.in = unit;
	program.min_length = (uint8_t)read_fixed(&header, 1);
	if (version >= 4)
		read_fixed(&header, 1); /* operations per instruction, 1 here */
	read_fixed(&header, 1); /* whether rows begin statements */
	program.line_base = (int8_t)read_fixed(&header, 1);
	program.line_range = (uint8_t)read_fixed(&header, 1);
	program.opcode_base = (uint8_t)read_fixed(&header, 1);
	program.lengths = header.at;
	if (version < 2 || version > 5 || unit.bad || header.bad || !program.line_range ||
	    !program.opcode_base || program.opcode_base - 1 > header.end - header.at)
		return;
	run_program(obj, debug, &program, lines);
}

static int by_place(const void *a, const void *b)
{
	const struct row *ra = a, *rb = b;

	if (ra->section != rb->section)
		return ra->section < rb->section ? -1 : 1;
	return ra->offset < rb->offset ? -1 : ra->offset > rb->offset;
}

static const struct lines *read_lines(struct object *obj)
{
	const struct section *sec;
	struct debug debug;
	struct reader in;

	if (obj->lines)
		return obj->lines;
	obj->lines = xcalloc(1, sizeof(*obj->lines));
	for_each_section (obj, sec) {
		if (strcmp(sec->name, ".debug_line") || !sec->data ||
		    sec->shdr.sh_flags & SHF_COMPRESSED)
			continue;
		load_debug(obj, sec, &debug);
		in = (struct reader){ sec->data, sec->data + sec->size, false };
		while (in.at < in.end)
			read_unit(obj, &debug, &in, obj->lines);
		free(debug.relas);
	}
	if (obj->lines->nr)
		qsort(obj->lines->row, obj->lines->nr, sizeof(*obj->lines->row), by_place);
	return obj->lines;
}

/* How many rows stand at or before a place. */
static size_t rows_up_to(const struct lines *lines, const struct row *place)
{
	size_t low = 0, high = lines->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (by_place(&lines->row[mid], place) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool place_has_line(struct object *obj, const struct section *sec, uint64_t offset, uint64_t line)
{
	const struct lines *lines = read_lines(obj);
	struct row place = { sec->origin, sec->origin_offset + offset, line };
	size_t i = rows_up_to(lines, &place);
	const struct row *covers;

	if (!i || !line || lines->row[i - 1].section != place.section)
		return false;
	covers = &lines->row[i - 1];
	for (; i && !by_place(&lines->row[i - 1], covers); i--) {
		if (lines->row[i - 1].line == line)
			return true;
	}
	return false;
}

/* The first row of @sec in the order of places; all up to its end follow. */
static size_t first_row(const struct lines *lines, const struct section *sec)
{
	struct row start = { .section = sec->origin, .offset = sec->origin_offset };
	size_t i = rows_up_to(lines, &start);

	while (i && !by_place(&lines->row[i - 1], &start))
		i--;
	return i;
}

static bool is_row_of(const struct lines *lines, size_t i, const struct section *sec)
{
	return i < lines->nr && lines->row[i].section == sec->origin &&
	       lines->row[i].offset - sec->origin_offset < sec->size;
}

uint64_t lines_behind(struct object *obj, const struct section *sec, uint64_t offset, uint64_t line)
{
	const struct lines *lines = read_lines(obj);
	struct row place = { sec->origin, sec->origin_offset + offset, line };
	size_t i = rows_up_to(lines, &place);
	uint64_t own, below = UINT64_MAX;

	if (!i || !is_row_of(lines, i - 1, sec))
		return 0;
	own = lines->row[i - 1].line;
	for (i = first_row(lines, sec); is_row_of(lines, i, sec); i++) {
		if (lines->row[i].line > own && lines->row[i].line < below)
			below = lines->row[i].line;
	}
	return own < line && line <= below && below != UINT64_MAX ? line - own : 0;
}

bool section_has_line(struct object *obj, const struct section *sec, uint64_t line)
{
	const struct lines *lines = read_lines(obj);
	size_t i;

	for (i = first_row(lines, sec); line && is_row_of(lines, i, sec); i++) {
		if (lines->row[i].line == line)
			return true;
	}
	return false;
}

static uint64_t first_line(struct object *obj, const struct section *sec)
{
	const struct lines *lines = read_lines(obj);
	size_t i = first_row(lines, sec);

	return is_row_of(lines, i, sec) ? lines->row[i].line : 0;
}

static uint64_t last_line(struct object *obj, const struct section *sec)
{
	const struct lines *lines = read_lines(obj);
	uint64_t last = 0;
	size_t i;

	for (i = first_row(lines, sec); is_row_of(lines, i, sec); i++) {
		if (lines->row[i].line > last)
			last = lines->row[i].line;
	}
	return last;
}

bool same_lines(struct object *obj_a, const struct section *a, struct object *obj_b,
		const struct section *b)
{
	return first_line(obj_a, a) == first_line(obj_b, b) &&
	       last_line(obj_a, a) == last_line(obj_b, b);
}

bool has_lines(struct object *obj)
{
	return read_lines(obj)->nr;
}

void free_lines(struct object *obj)
{
	if (obj->lines)
		free(obj->lines->row);
	free(obj->lines);
	obj->lines = NULL;
}
