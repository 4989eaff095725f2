// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every function has a section of its own here, and all of them begin at address 0: what section
 * rows are about is in the relocation of DW_LNE_set_address only.
 */
#include "lines.h"
#include "debug-file.h"
#include "line-table.h"
#include "util.h"

#include <stdlib.h>

struct lines {
	uint8_t *data; /* .debug_line, relocated */
	struct line_table table;
};

/* Where the symbol of a relocation leads to, as debug_address(); 0: nowhere. */
static uint64_t relocated_address(const struct object *obj, const Elf64_Rela *rela)
{
	const struct section *sec;
	const struct symbol *sym;
	uint64_t offset;

	if (ELF64_R_SYM(rela->r_info) >= obj->nr_symbols)
		return 0;
	sym = &obj->symbols[ELF64_R_SYM(rela->r_info)];
	if (!sym->section)
		return 0;
	sec = &obj->sections[sym->section];
	offset = sym->value + (uint64_t)rela->r_addend;
	if (sym->type != STT_SECTION)
		offset += sec->origin_offset;
	return debug_address(sec->origin, offset);
}

/* The loader leaves these relocations out. */
static void relocate(const struct object *obj, const struct section *sec, uint8_t *data)
{
	const struct section *rsec;
	uint64_t address;
	Elf64_Rela rela;
	size_t i;

	for_each_section (obj, rsec) {
		if (rsec->shdr.sh_type != SHT_RELA || rsec->shdr.sh_info != section_index(obj, sec))
			continue;
		for (i = 0; i < nr_raw_relas(rsec); i++) {
			rela = raw_rela(rsec, i);
			if (ELF64_R_TYPE(rela.r_info) != R_X86_64_64 || rela.r_offset > sec->size ||
			    sec->size - rela.r_offset < sizeof(address))
				continue;
			address = relocated_address(obj, &rela);
			memcpy(data + rela.r_offset, &address, sizeof(address));
		}
	}
}

static struct line_table *line_table(struct object *obj)
{
	const struct section *sec;

	if (obj->lines)
		return &obj->lines->table;
	obj->lines = xcalloc(1, sizeof(*obj->lines));
	for_each_section (obj, sec) {
		if (strcmp(sec->name, ".debug_line") || !sec->data || !sec->size ||
		    sec->shdr.sh_flags & SHF_COMPRESSED || obj->lines->data)
			continue;
		obj->lines->data = xcalloc(sec->size, 1);
		memcpy(obj->lines->data, sec->data, sec->size);
		relocate(obj, sec, obj->lines->data);
		open_line_table(&obj->lines->table, obj->lines->data, sec->size);
	}
	return &obj->lines->table;
}

/* The rows about the section of the file that @sec is, or is a part of. */
struct rows {
	const struct line_row *row;
	size_t nr;
	uint64_t start, size; /* of the part */
};

static struct rows rows_of(struct object *obj, const struct section *sec)
{
	struct rows rows = {
		.start = debug_address(sec->origin, sec->origin_offset),
		.size = sec->size,
	};

	rows.row = section_rows(line_table(obj), sec->origin, &rows.nr);
	return rows;
}

/* What is behind the last instruction is on no line. */
static uint64_t line_of(const struct line_row *row)
{
	return row->end ? 0 : row->line;
}

/* How many rows stand at or before an address. */
static size_t rows_up_to(const struct rows *rows, uint64_t address)
{
	size_t low = 0, high = rows->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (rows->row[mid].address <= address)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool place_has_line(struct object *obj, const struct section *sec, uint64_t offset, uint64_t line)
{
	struct rows rows = rows_of(obj, sec);
	size_t i = rows_up_to(&rows, rows.start + offset);
	uint64_t covers;

	if (!i || !line)
		return false;
	covers = rows.row[i - 1].address;
	for (; i && rows.row[i - 1].address == covers; i--) {
		if (line_of(&rows.row[i - 1]) == line)
			return true;
	}
	return false;
}

/* The first row of the part in the order of places; all up to its end follow. */
static size_t first_row(const struct rows *rows)
{
	return rows->start ? rows_up_to(rows, rows->start - 1) : 0;
}

static bool is_row_of(const struct rows *rows, size_t i)
{
	return i < rows->nr && rows->row[i].address - rows->start < rows->size;
}

uint64_t lines_behind(struct object *obj, const struct section *sec, uint64_t offset, uint64_t line)
{
	struct rows rows = rows_of(obj, sec);
	size_t i = rows_up_to(&rows, rows.start + offset);
	uint64_t own, below = UINT64_MAX;

	if (!i || !is_row_of(&rows, i - 1))
		return 0;
	own = line_of(&rows.row[i - 1]);
	for (i = first_row(&rows); is_row_of(&rows, i); i++) {
		if (line_of(&rows.row[i]) > own && line_of(&rows.row[i]) < below)
			below = line_of(&rows.row[i]);
	}
	return own < line && line <= below && below != UINT64_MAX ? line - own : 0;
}

bool section_has_line(struct object *obj, const struct section *sec, uint64_t line)
{
	struct rows rows = rows_of(obj, sec);
	size_t i;

	for (i = first_row(&rows); line && is_row_of(&rows, i); i++) {
		if (line_of(&rows.row[i]) == line)
			return true;
	}
	return false;
}

static uint64_t first_line(struct object *obj, const struct section *sec)
{
	struct rows rows = rows_of(obj, sec);
	size_t i = first_row(&rows);

	return is_row_of(&rows, i) ? line_of(&rows.row[i]) : 0;
}

static uint64_t last_line(struct object *obj, const struct section *sec)
{
	struct rows rows = rows_of(obj, sec);
	uint64_t last = 0;
	size_t i;

	for (i = first_row(&rows); is_row_of(&rows, i); i++) {
		if (line_of(&rows.row[i]) > last)
			last = line_of(&rows.row[i]);
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
	return line_table(obj)->nr_sequences;
}

void free_lines(struct object *obj)
{
	if (obj->lines) {
		close_line_table(&obj->lines->table);
		free(obj->lines->data);
	}
	free(obj->lines);
	obj->lines = NULL;
}
