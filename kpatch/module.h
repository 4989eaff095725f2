/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_MODULE_H
#define KPATCH_MODULE_H

#include <stdbool.h>

/* Modules in the running kernel: what /sys/module tells of them, insertion and removal. */

/*
 * The name that the kernel gives to a module called or stored as @argument: a leading path and a
 * trailing ".ko" are dropped, '-' becomes '_'. The caller frees it; NULL when no module can have
 * such a name.
 */
char *module_name(const char *argument);

bool module_is_loaded(const char *name);

/*
 * How far it is: "coming" until its init function has returned, "live", or "going"
 * (kernel/params.c, show_initstate()). The caller frees it; NULL when it is not loaded.
 */
char *module_state(const char *name);

/*
 * Both are what module_state() has said, before and after a look at what the module is. Unless it
 * was live both times, that look has seen only a part of it.
 */
bool module_was_live(const char *before, const char *after);

/* Marked as a livepatch when it was loaded: taint 'K' (kernel/panic.c, TAINT_LIVEPATCH). */
bool module_is_livepatch(const char *name);

/* A patch module made by this project; it is known by its section of records. */
bool module_is_ours(const char *name);

/* It has callbacks to be called when it is unpatched (known of ours only). */
bool module_has_unpatch_callbacks(const char *name);

/* Number of users, -1 when it is not known. */
int module_users(const char *name);

/* Insert the module file at @path, without dependencies or options. Returns 0 or -errno. */
int module_insert(const char *path);

/*
 * Remove a module that nobody uses. A livepatch is released by the kernel a moment after its
 * transition, so a busy one is tried again for some seconds. Returns 0 (also when it is gone) or
 * -errno.
 */
int module_remove(const char *name);

/* Say in words why inserting @name from @path failed with @err (a negative errno). */
void module_explain_insert(const char *name, const char *path, int err);

/* The same for a removal. */
void module_explain_remove(const char *name, int err);

/* Say that another call loads or unloads @name just now. */
void module_explain_under_way(const char *name);

#endif /* KPATCH_MODULE_H */
