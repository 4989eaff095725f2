/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_MESSAGE_H
#define KPATCH_MESSAGE_H

#include "lib/printable.h"

/*
 * One line to standard error: "kpatch: error: TEXT [ID]", "kpatch: warning: TEXT [ID]",
 * "kpatch: TEXT". @id is stable: scripts and tests match it.
 */
void error(const char *id, const char *format, ...) __attribute__((format(printf, 2, 3)));
void warning(const char *id, const char *format, ...) __attribute__((format(printf, 2, 3)));
void note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A line of what the user asked for, to standard output; nothing with --json (json.h). */
void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* printable() into a new string, which the caller frees; exits when memory is out. */
char *printable_copy(const char *text);

/* Ends the program with a message: nothing sensible is left to do. */
void out_of_memory(void) __attribute__((noreturn));

#endif /* KPATCH_MESSAGE_H */
