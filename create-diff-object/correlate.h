/* SPDX-License-Identifier: GPL-2.0-only */
/* What the steps of correlate() share. */
#ifndef CORRELATE_H
#define CORRELATE_H

#include "object.h"

/* Symbols of one object that have the same name but for numbers. */
struct group {
	uint32_t *symbols;
	size_t nr;
};

/* Groups of the same name in both objects. */
struct group_pair {
	struct group orig, patched;
};

struct groups {
	struct group_pair *pair;
	size_t nr, max;
	uint32_t *orig, *patched; /* what they point into */
};

/* pair_symbols - make two symbols twins. */
void pair_symbols(struct diff *diff, uint32_t orig, uint32_t patched);

/* pair_sections - make two sections twins, unless one of them has a twin. */
void pair_sections(struct diff *diff, uint32_t orig, uint32_t patched);

/*
 * same_code - whether two sections have the same bytes and as many references
 *
 * Stricter than compare() and cheap: two that have not changed at all.
 */
bool same_code(const struct section *a, const struct section *b);

/*
 * pair_clones - pair the numbered functions of a group
 *
 * The same code pairs where it is the only one on both sides, then where name and references
 * are the same too, and then the last function that is left on both.
 */
void pair_clones(struct diff *diff, const struct group_pair *pair);

/* pair_statics - pair the numbered variables, when functions are paired. */
void pair_statics(struct diff *diff);

/*
 * pair_statics_beside - pair the numbered variables that are left, by what code refers to beside
 * them; when all else is paired
 */
void pair_statics_beside(struct diff *diff);

/* pair_line_names - pair the variables whose names are nothing but the line apart. */
void pair_line_names(struct diff *diff);

/* pair_btf_ids - pair the entries of .BTF_ids with their sections. */
void pair_btf_ids(struct diff *diff);

#endif /* CORRELATE_H */
