/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_SHOW_H
#define KPATCH_SHOW_H

#include "kpatch/modfile.h"

/* To standard output, for people or as JSON (json.h): a livepatch in the running kernel. */
void show_livepatch(const char *name);

/* The same of a module file. */
void show_file(const struct modfile *file);

#endif /* KPATCH_SHOW_H */
