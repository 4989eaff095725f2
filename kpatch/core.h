/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_CORE_BACKEND_H
#define KPATCH_CORE_BACKEND_H

#include <stdbool.h>

#include "kpatch/blockers.h"
#include "kpatch/files.h"
#include "kpatch/functions.h"
#include "kpatch/json.h"
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

/* An operation is under way: it is neither in effect for good, nor not. */
bool core_is_under_way(const char *name);

/*
 * The patch whose operation is being tried: the core module does one at a time, and those that wait
 * in line have not stopped the machine yet. NULL: none is. The caller frees it.
 */
char *core_tried(void);

/* Who was in the way of the last attempt; the caller frees the list. */
struct blockers core_blockers(const char *name);

/* "state", "operation" (attempts, pause, tasks) and "blockers" into @patch. */
void core_json_operation(struct json_object *patch, const char *name);

/*
 * Insert @file, and the core module first where it is missing, and wait for the outcome. What was
 * not switched in @timeout seconds is taken back and its module removed (STATUS_REVERSED). Signals
 * must be held (transition.h). Explains itself; what it was goes into @entry.
 */
enum status core_load(const struct modfile *file, unsigned int timeout, struct json_object *entry);

/* Say that --force is not for patches of the core module, and why. */
void core_refuse_force(const char *what);

/*
 * Switch the patch off and remove its module, but for @keep_module. As core_load(); the patch stays
 * if it cannot go.
 */
enum status core_unload(const char *name, unsigned int timeout, bool keep_module,
			struct json_object *entry);

/* What it is doing: state, outcome of the last operation, who runs code that it is to change. */
struct json_object *core_show_status(const char *name);

/* What it is: a line, and the functions. */
void core_show(const char *name);

#endif /* KPATCH_CORE_BACKEND_H */
