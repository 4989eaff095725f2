// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which units does a change of a header leave as they are, by names alone?
 *
 *   unit-names changed ORIGINAL PATCHED
 *     Lines "name NAME", the names of what differs, and "macro NAME", those of macros that may have
 *     been none (new-macros.h); exit status 1, with a message, where they are not known.
 *
 *   unit-names unaffected UNITS NAMES
 *     The units of UNITS that none of NAMES can reach. UNITS has lines "UNIT DIGITS ." as
 *     compare-unit tells them with KPATCH_NAMES; NAMES has lines "name NAME". Whether a unit has a
 *     word that is a new macro is for who asks to know.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpatch-build/compare-unit/names.h"
#include "kpatch-build/unit-names/header-names.h"

/* Private memory; an empty file is an empty text. */
static struct text read_text(const char *path)
{
	struct text text = { 0 };
	struct stat status;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &status) != 0)
		err(2, "%s", path);
	text.size = status.st_size;
	if (text.size > 0)
		text.bytes = mmap(NULL, text.size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	if (text.bytes == MAP_FAILED)
		err(2, "%s", path);
	close(fd);
	return text;
}

static void print_name(void *data, const char *name, size_t length)
{
	(void)data;
	printf("name %.*s\n", (int)length, name);
}

static void print_macro(void *data, const char *name, size_t length)
{
	(void)data;
	printf("macro %.*s\n", (int)length, name);
}

static int changed(const char *original, const char *patched)
{
	struct text a = read_text(original), b = read_text(patched);
	const struct name_listeners listeners = { .name = print_name, .macro = print_macro };
	struct token why;

	if (header_names(&a, &b, &listeners, &why))
		return 0;
	warnx("%s: not known what is declared at \"%.*s\"", patched, (int)why.length, why.text);
	return 1;
}

static struct name_set read_names(const char *path)
{
	struct text text = read_text(path);
	const char *p = text.bytes, *end = p + text.size;
	struct name_set names = { 0 };

	while (p < end) {
		const char *newline = memchr(p, '\n', end - p);
		size_t n = (newline ? newline : end) - p;

		if (n > 5 && memcmp(p, "name ", 5) == 0)
			names_add(&names, p + 5, n - 5);
		p += n + 1;
	}
	return names;
}

/* A line that a killed run left unfinished does not end that way. */
static void judge_line(const char *line, const char *end, const struct name_set *names)
{
	const char *space = memchr(line, ' ', end - line);
	size_t n;

	if (!space || end - space < 3 || memcmp(end - 2, " .", 2) != 0)
		return;
	n = end - 2 - (space + 1);
	if (n % NAMES_DIGITS != 0)
		return;
	for (size_t i = 0; i < names->n; i++)
		if (names_in_digits(space + 1, n, names->list[i]))
			return;
	printf("%.*s\n", (int)(space - line), line);
}

static int unaffected(const char *units, const char *changed_names)
{
	struct name_set names = read_names(changed_names);
	struct text text = read_text(units);
	const char *p = text.bytes, *end = p + text.size;

	while (p < end) {
		const char *newline = memchr(p, '\n', end - p);

		if (!newline)
			break;
		judge_line(p, newline, &names);
		p = newline + 1;
	}
	names_free(&names);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "changed") == 0)
		return changed(argv[2], argv[3]);
	if (argc == 4 && strcmp(argv[1], "unaffected") == 0)
		return unaffected(argv[2], argv[3]);
	fprintf(stderr, "usage: %s changed ORIGINAL PATCHED\n       %s unaffected UNITS NAMES\n",
		argv[0], argv[0]);
	return 2;
}
