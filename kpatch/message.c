// SPDX-License-Identifier: GPL-2.0-only
/* What kpatch says to its user. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch/message.h"
#include "kpatch/status.h"

static void say(const char *kind, const char *id, const char *format, va_list args)
{
	/* Results go to standard output: keep the two in order where both are one file. */
	fflush(stdout);
	fprintf(stderr, "kpatch: %s", kind);
	vfprintf(stderr, format, args);
	if (id)
		fprintf(stderr, " [%s]", id);
	fputc('\n', stderr);
}

void error(const char *id, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("error: ", id, format, args);
	va_end(args);
}

void warning(const char *id, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("warning: ", id, format, args);
	va_end(args);
}

void note(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("", NULL, format, args);
	va_end(args);
}

char *printable(char *text)
{
	for (char *c = text; *c; c++)
		if (iscntrl((unsigned char)*c))
			*c = '?';
	return text;
}

char *printable_copy(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		out_of_memory();
	return printable(copy);
}

void out_of_memory(void)
{
	error("no-memory", "out of memory");
	exit(STATUS_USAGE);
}
