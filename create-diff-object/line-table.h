/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * .debug_line, DWARF 5, section 6.2 (versions 2 to 5). Large objects have a hundred thousand rows,
 * of which few are asked for: only where each sequence of them is, and what section it is about, is
 * kept; it is run again when its section is asked for. No byte is read that is not there.
 */
#ifndef LINE_TABLE_H
#define LINE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct line_row {
	uint64_t address; /* debug_address() */
	uint64_t line; /* 0: none of the source */
	uint64_t unit; /* where in the table the unit begins, as DW_AT_stmt_list has it */
	uint64_t file; /* as the unit numbers them */
	uint32_t order; /* in the table */
	bool end; /* behind the last instruction */
};

struct line_unit;
struct line_sequence;

struct line_table {
	struct line_unit *units;
	size_t nr_units, max_units;
	struct line_sequence *sequences; /* by section, in the order of the table */
	size_t nr_sequences, max_sequences;
	uint32_t section; /* that @rows are about; 0: none */
	struct line_row *rows;
	size_t nr_rows, max_rows;
};

/*
 * open_line_table - find the sequences of @size bytes at @data, which stay where they are
 *
 * Addresses are relocated to debug_address() of sections of the file; others are left out.
 */
void open_line_table(struct line_table *table, const uint8_t *data, uint64_t size);
void close_line_table(struct line_table *table);

/*
 * section_rows - all rows about a section of the file, by address and in the order of the table
 *
 * They belong to @table, until the next question.
 */
const struct line_row *section_rows(struct line_table *table, uint32_t section, size_t *nr);

#endif /* LINE_TABLE_H */
