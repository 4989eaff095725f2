/* SPDX-License-Identifier: GPL-2.0-only */
/* What speaks against a patch, and what else its author should know. */
#ifndef REPORT_H
#define REPORT_H

#include "explain.h"
#include "names.h"
#include "object.h"

/* A place in one of the two objects, for messages. All zeros: nowhere in particular. */
struct spot {
	const struct object *obj;
	const struct section *sec;
	uint64_t offset; /* in @sec: of an instruction, of a field */
};

/* A message about the patch: a finding, a note or a warning. */
struct remark {
	const char *id; /* stable identifier, static text */
	char *text; /* what, and why */
	const char *advice; /* what the patch's author can do, static text; NULL: see @text */
	struct spot spot;
	/* set by locate_findings() where it is known, else NULL */
	const char *function;
	char *file; /* of the source */
	uint64_t line;
	char *via; /* "FILE:LINE" of the call of an inlined function that has that line */
};

struct remarks {
	struct remark *remark;
	size_t nr, max;
};

/*
 * A finding is a reason why the patch cannot be applied to a running kernel.
 * Findings are collected by every rule and printed together, so that the author
 * of the patch sees all of them at once.
 *
 * A note is worth knowing but no reason to refuse the patch: printed with --explain.
 * A warning is the same, but always printed.
 */
struct findings {
	struct remarks findings;
	struct remarks notes;
	struct remarks warnings;
	struct names seen;
	char **keys; /* the names in @seen */
	size_t nr_keys, max_keys;
};

/*
 * finding, note, warning - add one, about nowhere in particular
 *
 * @id is static text. Each text is kept once for each identifier.
 */
void finding(struct diff *diff, const char *id, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void note(struct diff *diff, const char *id, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void warning(struct diff *diff, const char *id, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * finding_at, warning_at, note_at - add one about a place, whose function and source line are
 * printed with it where the debug information tells them
 *
 * @advice is static text that says what the patch's author can do, or NULL. The text is
 * "what, and why", without a full stop.
 */
void finding_at(struct diff *diff, const char *id, struct spot spot, const char *advice,
		const char *fmt, ...) __attribute__((format(printf, 5, 6)));
void warning_at(struct diff *diff, const char *id, struct spot spot, const char *advice,
		const char *fmt, ...) __attribute__((format(printf, 5, 6)));
void note_at(struct diff *diff, const char *id, struct spot spot, const char *advice,
	     const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* finding_in, warning_in, note_in - add one about a line of the source; @file is copied. */
void finding_in(struct diff *diff, const char *id, const char *file, uint64_t line,
		const char *advice, const char *fmt, ...) __attribute__((format(printf, 6, 7)));
void warning_in(struct diff *diff, const char *id, const char *file, uint64_t line,
		const char *advice, const char *fmt, ...) __attribute__((format(printf, 6, 7)));
void note_in(struct diff *diff, const char *id, const char *file, uint64_t line, const char *fmt,
	     ...) __attribute__((format(printf, 5, 6)));

/* spot_of, spot_in_orig - the place where @sec of the patched, of the original object begins. */
struct spot spot_of(const struct diff *diff, const struct section *sec);
struct spot spot_in_orig(const struct diff *diff, const struct section *sec);

/* spot_at - a place in @sec of the patched object. */
struct spot spot_at(const struct diff *diff, const struct section *sec, uint64_t offset);

/*
 * locate_findings - ask the debug information where each finding is, with @all each
 * warning and note as well; to be called before they are printed
 */
void locate_findings(struct diff *diff, bool all);

/* is_refused - whether there is any finding; without a patch (prove-object.h) there is none. */
bool is_refused(const struct diff *diff);

/*
 * print_findings - on stderr, warnings and findings, a line each:
 * "create-diff-object: warning: FILE: TEXT [ID]" and
 * "create-diff-object: FILE: error: TEXT (in FUNCTION, FILE:LINE); ADVICE [ID]".
 */
void print_findings(const struct diff *diff);

/* why_unchanged - for the report: "unchanged", or "init-only" where only init code changed. */
const char *why_unchanged(const struct diff *diff);

/*
 * print_unchanged - the same on stderr: "create-diff-object: FILE: TEXT [ID]", below what the patch
 * asks to leave out
 */
void print_unchanged(const struct diff *diff);
void free_findings(struct findings *findings);

/*
 * print_items - on stdout, a line for each item: "FILE: changed function: NAME",
 * "FILE: new function: NAME" and so on, with @explain the reason behind the name; a line
 * "FILE: removed function: NAME" for each that stays in the kernel; with @explain the notes
 */
void print_items(struct diff *diff, const struct items *items, bool explain);

#endif /* REPORT_H */
