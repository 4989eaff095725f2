/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_FILES_H
#define KPATCH_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "kpatch/cleanup.h"

/* A growing list of strings of its own. Starts as { 0 }; freed by _cleanup_(names_free). */
struct names {
	char **items;
	size_t count;
};

/* Append a copy of @name; exits when memory is out. */
void names_add(struct names *names, const char *name);
bool names_has(const struct names *names, const char *name);
void names_free(struct names *names);

/*
 * The entries of a directory that do not start with a dot, sorted by name; the path is printed
 * with @format. A directory that is not there, or not readable, gives no names.
 */
struct names directory_names(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* An asprintf() that exits when memory is out; the caller frees the string. */
char *print_string(const char *format, ...) __attribute__((format(printf, 1, 2)));

bool path_exists(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * All of a file of sysfs or procfs, with a NUL byte after it; @size (may be NULL) receives the
 * number of bytes before that. The caller frees it. NULL and errno when it cannot be read.
 */
char *read_file(const char *path, size_t *size);

/* The first line of such a file, without its newline. Else as read_file(). */
char *read_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Write @text to an existing file in one write(2). Returns 0 or -errno. */
int write_text(const char *path, const char *text);

#endif /* KPATCH_FILES_H */
