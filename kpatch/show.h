/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_SHOW_H
#define KPATCH_SHOW_H

#include "kpatch/json.h"
#include "kpatch/modfile.h"

/* To standard output, for people or as JSON (json.h): a livepatch in the running kernel. */
void show_livepatch(const char *name);

/* The same of a module file. */
void show_file(const struct modfile *file);

/*
 * A line with the addresses that may outlive the loaded patch @name (outlives.h), if there are any;
 * with --json into @patch.
 */
void show_outlives(const char *name, struct json_object *patch);

#endif /* KPATCH_SHOW_H */
