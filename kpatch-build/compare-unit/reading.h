/* SPDX-License-Identifier: GPL-2.0-only */
/* The files that a text is made of, and what is known of the changed ones among them. */
#ifndef COMPARE_UNIT_READING_H
#define COMPARE_UNIT_READING_H

#include <stdio.h>

#include "kpatch-build/compare-unit/names.h"

/* A set of file names. */
struct files {
	char **list;
	size_t n, room;
};

struct reading {
	struct files changed;
	struct files known; /* those of which it is known what they declare otherwise ... */
	struct name_set names; /* ... which is this */
	FILE *verdict; /* where they are listed; NULL: nowhere */
	bool seen; /* a changed file is read */
	bool unknown; /* one that is not known is, or a macro is new (new-macros.h) */
	char other[4096]; /* a changed file was read by this name, which does not lead to it */
};

/* Reads the files of KPATCH_CHANGED and, unless it is NULL, of KPATCH_NAMES (main.c). */
void reading_open(struct reading *reading, const char *changed, const char *names);
/* A text_name_fn: a file is read by that name. */
void reads_file(void *reading, const char *name, size_t length);

/* ./a/../b.h → b.h, by the letters alone. The result is no longer than the path. */
void plain_path(char *plain, const char *path);
/* The name in the tree, where an absolute one leads into one of the two. */
const char *in_tree(const char *name);

#endif
