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
 *
 *   unit-names common UNITS NAMES UNIT...
 *     A line "UNIT NAME..." for each of these units, with those of NAMES that can reach it.
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

static void read_names(const char *path, text_name_fn fn, void *data)
{
	struct text text = read_text(path);
	const char *p = text.bytes, *end = p + text.size;

	while (p < end) {
		const char *newline = memchr(p, '\n', end - p);
		size_t n = (newline ? newline : end) - p;

		if (n > 5 && memcmp(p, "name ", 5) == 0)
			fn(data, p + 5, n - 5);
		p += n + 1;
	}
}

static void add_name(void *names, const char *name, size_t length)
{
	names_add(names, name, length);
}

struct unit {
	const char *name, *digits;
	size_t name_length, length;
};

typedef void (*unit_fn)(void *data, const struct unit *unit);

/* A line that a killed run left unfinished does not end that way. */
static bool read_unit(struct unit *unit, const char *line, const char *end)
{
	const char *space = memchr(line, ' ', end - line);

	if (!space || end - space < 3 || memcmp(end - 2, " .", 2) != 0)
		return false;
	*unit = (struct unit){ line, space + 1, space - line, end - 2 - (space + 1) };
	return unit->length % NAMES_DIGITS == 0;
}

static void read_units(const char *path, unit_fn fn, void *data)
{
	struct text text = read_text(path);
	const char *p = text.bytes, *end = p + text.size, *newline;
	struct unit unit;

	for (; p < end; p = newline + 1) {
		newline = memchr(p, '\n', end - p);
		if (!newline)
			break;
		if (read_unit(&unit, p, newline))
			fn(data, &unit);
	}
}

static void tell_unaffected(void *data, const struct unit *unit)
{
	const struct name_set *names = data;

	for (size_t i = 0; i < names->n; i++)
		if (names_in_digits(unit->digits, unit->length, names->list[i]))
			return;
	printf("%.*s\n", (int)unit->name_length, unit->name);
}

static int unaffected(const char *units, const char *changed_names)
{
	struct name_set names = { 0 };

	read_names(changed_names, add_name, &names);
	read_units(units, tell_unaffected, &names);
	names_free(&names);
	return 0;
}

struct wanted {
	const char *names;
	char **units; /* NULL at the end */
};

static void tell_if_in_unit(void *data, const char *name, size_t length)
{
	const struct unit *unit = data;

	if (names_in_digits(unit->digits, unit->length, text_word(name, length).hash))
		printf(" %.*s", (int)length, name);
}

static void tell_common(void *data, const struct unit *unit)
{
	const struct wanted *wanted = data;

	for (char **name = wanted->units; *name; name++) {
		if (strlen(*name) != unit->name_length ||
		    memcmp(*name, unit->name, unit->name_length) != 0)
			continue;
		printf("%s", *name);
		read_names(wanted->names, tell_if_in_unit, (void *)unit);
		printf("\n");
		break;
	}
}

static int common(const char *units, const char *names, char **wanted_units)
{
	struct wanted wanted = { names, wanted_units };

	read_units(units, tell_common, &wanted);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "changed") == 0)
		return changed(argv[2], argv[3]);
	if (argc == 4 && strcmp(argv[1], "unaffected") == 0)
		return unaffected(argv[2], argv[3]);
	if (argc > 4 && strcmp(argv[1], "common") == 0)
		return common(argv[2], argv[3], argv + 4);
	fprintf(stderr,
		"usage: %s changed ORIGINAL PATCHED\n       %s unaffected UNITS NAMES\n"
		"       %s common UNITS NAMES UNIT...\n",
		argv[0], argv[0], argv[0]);
	return 2;
}
