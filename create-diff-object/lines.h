/* SPDX-License-Identifier: GPL-2.0-only */
/* The line tables of an object's debug information, as far as single places need them. */
#ifndef LINES_H
#define LINES_H

#include "object.h"

/*
 * place_has_line - whether the line table of @obj gives @line for a place
 *
 * @offset is in @sec, of an instruction. Where the table has several lines for one
 * instruction, each of them is right. The table is read at the first question, and kept
 * in @obj until free_lines(). One that is missing or damaged has no lines.
 */
bool place_has_line(struct object *obj, const struct section *sec, uint64_t offset, uint64_t line);

/*
 * lines_behind - how far @line is behind that of a place, as a line that the same statement may
 * go on to
 *
 * No code of @sec is on a line between the two, and some is on @line or further below. 0: it is
 * no such line.
 */
uint64_t lines_behind(struct object *obj, const struct section *sec, uint64_t offset,
		      uint64_t line);

/* section_has_line - whether some instruction of @sec is on @line. */
bool section_has_line(struct object *obj, const struct section *sec, uint64_t line);

/*
 * same_lines - whether the code of two sections begins on one line and ends on one
 *
 * Nothing has moved then: no number in it is a line that moved.
 */
bool same_lines(struct object *obj_a, const struct section *a, struct object *obj_b,
		const struct section *b);

/* has_lines - whether @obj has a line table with anything in it. */
bool has_lines(struct object *obj);

void free_lines(struct object *obj);

#endif /* LINES_H */
