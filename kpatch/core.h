/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_CORE_BACKEND_H
#define KPATCH_CORE_BACKEND_H

#include <stdbool.h>

#include "kpatch/files.h"
#include "kpatch/functions.h"
#include "kpatch/modfile.h"
#include "kpatch/status.h"

/*
 * Patches of the core module, kpatch.ko, as its /sys/kernel/kpatch shows them (doc/core-module.md).
 */
#define CORE_DIR    "/sys/kernel/kpatch"
#define CORE_MODULE "kpatch"

/* The names of all, sorted; the caller frees the list. */
struct names core_names(void);

/* The core module has a patch of this name, in whatever state. */
bool core_has(const char *name);

/* "enabled", "patching", ...; the caller frees it. NULL: no such patch. */
char *core_state(const char *name);

/* The functions it replaces; the caller frees the list. */
struct functions core_functions(const char *name);

/*
 * Insert @file, and the core module first where it is missing, and wait for the outcome. What was
 * not switched in @timeout seconds is taken back and its module removed (STATUS_REVERSED). Signals
 * must be held (transition.h). Explains itself.
 */
enum status core_load(const struct modfile *file, unsigned int timeout);

/* Switch the patch off and remove its module. As core_load(); the patch stays if it cannot go. */
enum status core_unload(const char *name, unsigned int timeout);

/* To standard output: state, outcome of the last operation, who was in its way. */
void core_show_status(const char *name);

/* To standard output: a line, and the functions. */
void core_show(const char *name);

#endif /* KPATCH_CORE_BACKEND_H */
