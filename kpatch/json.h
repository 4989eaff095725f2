/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_JSON_H
#define KPATCH_JSON_H

#include <stdbool.h>

#include "kpatch/blockers.h"
#include "kpatch/functions.h"

struct json_object;

/*
 * What --json prints: one object a call (doc/kpatch-json.md), with all messages in it. It is
 * printed when the subcommand has ended; until then it grows here.
 */

/* From here on standard output is for the object of the subcommand @command. */
void json_start(const char *command);

/* Back to text: help is asked for. */
void json_stop(void);

bool json_is_on(void);

/* Print the object, with the exit status in it; nothing when json_start() was not called. */
void json_finish(int status);

/* Add a message; @kind is "error", "warning" or "note", @id may be NULL. */
void json_message(const char *kind, const char *id, const char *text);

/*
 * A new object in the array "patches" (or "files"); it belongs to the whole. NULL when JSON is
 * not wanted: all functions below do nothing with that.
 */
struct json_object *json_new_patch(const char *name, const char *backend);
struct json_object *json_new_file(const char *path);

/* @text can be others' and of any bytes: what is no UTF-8 becomes '?'. Nothing with NULL. */
void json_text(struct json_object *object, const char *key, const char *text);
void json_flag(struct json_object *object, const char *key, bool value);

/* Decimal @digits, as sysfs has them, as a number; nothing when there are none. */
void json_number(struct json_object *object, const char *key, const char *digits);

/* An empty array at @key, for json_append() and json_element(), which make it too if needed. */
void json_array(struct json_object *object, const char *key);

/* Append @text to the array of strings at @key. */
void json_append(struct json_object *object, const char *key, const char *text);

/* "functions": an array of { object, name, position }. */
void json_functions(struct json_object *object, const struct functions *functions);

/* An array of { pid, command, function, text } at @key. */
void json_blockers(struct json_object *object, const char *key, const struct blockers *blockers);

/* A new object in the array at @key. */
struct json_object *json_element(struct json_object *object, const char *key);

/* An object at @key that belongs to @object. */
struct json_object *json_child(struct json_object *object, const char *key);

#endif /* KPATCH_JSON_H */
