/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Differences that are nothing but the number of a line. The driver keeps lines where they
 * are; objects that come without that have moved lines in many functions.
 */
#ifndef LINE_NUMBERS_H
#define LINE_NUMBERS_H

#include "object.h"

/*
 * is_line_number - whether the bytes at @at of @a and @b differ in a line number only
 *
 * That is: in a number which is in both objects the line of the place that has it, or that
 * refers to it. *@next is set to the first byte behind the number.
 */
bool is_line_number(struct diff *diff, const struct section *a, const struct section *b,
		    uint64_t at, uint64_t *next);

/* same_but_for_line - likewise for two strings, which begin at @at_a of @a and @at_b of @b. */
bool same_but_for_line(struct diff *diff, const struct section *a, uint64_t at_a,
		       const struct section *b, uint64_t at_b);

#endif /* LINE_NUMBERS_H */
