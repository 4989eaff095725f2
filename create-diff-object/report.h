/* SPDX-License-Identifier: GPL-2.0-only */
/* What speaks against a patch, and what is told about what is carried. */
#ifndef REPORT_H
#define REPORT_H

#include "object.h"

/*
 * A finding is a reason why the patch cannot be applied to a running kernel.
 * Findings are collected by every rule and printed together, so that the author
 * of the patch sees all of them at once.
 */
struct finding {
	const char *id; /* stable identifier, as in the message */
	char *text;
};

struct findings {
	struct finding *finding;
	size_t nr, max;
};

/* finding - add one; @id must be static text. Equal findings are kept once. */
void finding(struct diff *diff, const char *id, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* print_findings - on stderr, a line each: "create-diff-object: FILE: error: TEXT [ID]". */
void print_findings(const struct diff *diff);
void free_findings(struct findings *findings);

/*
 * print_functions - on stdout, a line for each function carried:
 * "FILE: changed function: NAME" and "FILE: new function: NAME", with @explain the
 * reason behind the name; and "FILE: removed function: NAME", which stays in the kernel,
 * where others may hold its address.
 */
void print_functions(const struct diff *diff, bool explain);

#endif /* REPORT_H */
