/* SPDX-License-Identifier: GPL-2.0-only */
/* A call of the compiler, and what its preprocessor makes of the unit in either tree. */
#ifndef COMPARE_UNIT_COMMAND_H
#define COMPARE_UNIT_COMMAND_H

#include "kpatch-build/compare-unit/text.h"

/* Its arguments, as a preprocessor's, NULL at the end. */
struct command {
	char **patched, **original;
	size_t n;
	const char *object, *source;
	bool assembly;
	const char *names; /* KPATCH_NAMES, or NULL */
	const char *rust; /* KPATCH_RUST, or NULL */
};

/* Of the environment; ends the program where it is not set. */
const char *environment(const char *name);

struct command read_command(int argc, char **argv);
/* A source file (or a header, see main.c), and an object of the tree: not what a make rule tries in
 * /dev/null. */
bool is_unit(const struct command *command);
/* Calls the compiler instead of this program. */
void pass_on(char **argv);
/* Both texts are to be freed. False if the preprocessor fails. */
bool preprocess(struct text *text, struct text *messages, const char *dir, char **arguments);

#endif
