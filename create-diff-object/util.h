/* SPDX-License-Identifier: GPL-2.0-only */
/* What every pass needs: memory that cannot fail, strings, and fatal errors. */
#ifndef UTIL_H
#define UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Exit statuses of create-diff-object, the same as kpatch's own differ. */
enum exit_status {
	EXIT_WRITTEN = 0,
	EXIT_ERROR = 1,
	EXIT_UNPATCHABLE = 2,
	EXIT_UNCHANGED = 3,
};

/*
 * fatal - print "PROGRAM: error: MESSAGE [ID]" and exit with EXIT_ERROR
 *
 * For errors of use and of input that leave nothing to go on with. What speaks
 * against patching is a finding instead (report.h).
 */
void fatal(const char *id, const char *fmt, ...) __attribute__((noreturn, format(printf, 2, 3)));

/* Allocate zeroed memory, or grow an array; exit with EXIT_ERROR when there is none. */
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n, size_t size);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * no_file_to_replace - why nothing can be written to @path, to be freed; NULL: it can
 *
 * Output is written under another name and renamed, which would put a file in the place of a
 * device or a pipe. A symbolic link is not followed: /dev/stdout is one, to a file where the
 * shell redirects it, and would be replaced itself.
 */
char *no_file_to_replace(const char *path);

/*
 * open_standard_files - for a program that was started with some of them closed
 *
 * What is opened next would take their numbers, and be read or written as one of them. Those
 * opened here fail when they are used.
 */
void open_standard_files(void);

/* grow - make room for one more element behind the @n in use of @array. */
#define grow(array, n, max)                                                   \
	do {                                                                  \
		if ((n) >= (max)) {                                           \
			(max) = (max) ? (max)*2 : 16;                         \
			(array) = xrealloc((array), (max), sizeof(*(array))); \
		}                                                             \
	} while (0)

static inline bool has_prefix(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static inline bool has_suffix(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && strcmp(s + n - m, suffix) == 0;
}

#endif /* UTIL_H */
