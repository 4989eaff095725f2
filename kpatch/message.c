// SPDX-License-Identifier: GPL-2.0-only
/* What kpatch says to its user. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/json.h"
#include "kpatch/message.h"
#include "kpatch/status.h"

static char *print(const char *format, va_list args)
{
	char *text;

	if (vasprintf(&text, format, args) < 0)
		out_of_memory();
	return text;
}

static void say(const char *kind, const char *id, const char *format, va_list args)
{
	_cleanup_free_ char *text = print(format, args);

	/* Results go to standard output: keep the two in order where both are one file. */
	fflush(stdout);
	if (id)
		fprintf(stderr, "kpatch: %s: %s [%s]\n", kind, text, id);
	else
		fprintf(stderr, "kpatch: %s\n", text);
	json_message(kind, id, text);
}

void error(const char *id, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("error", id, format, args);
	va_end(args);
}

void warning(const char *id, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("warning", id, format, args);
	va_end(args);
}

void note(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("note", NULL, format, args);
	va_end(args);
}

void tell(const char *format, ...)
{
	_cleanup_free_ char *text = NULL;
	va_list args;

	va_start(args, format);
	text = print(format, args);
	va_end(args);
	if (!json_is_on())
		puts(text);
}

char *printable_copy(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		out_of_memory();
	return printable(copy);
}

/* In one piece: there is no memory to put it together. */
void out_of_memory(void)
{
	fflush(stdout);
	fputs("kpatch: error: out of memory [no-memory]\n", stderr);
	exit(STATUS_USAGE);
}
