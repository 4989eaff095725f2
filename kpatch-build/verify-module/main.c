// SPDX-License-Identifier: GPL-2.0-only
/*
 * verify-module: repeats the proof of a finished module. Each function that it replaces must be
 * proven by one of the units, compiled from the original source, and the module's record of the
 * shipped code must be the one that comes of it.
 */
#include "verify-module.h"

#include "create-diff-object/util.h"
#include "lib/elf-section.h"
#include "lib/printable.h"
#include "lib/replaced-functions.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] = "Usage: verify-module MODULE.ko [OBJECT-NAME OBJECT-FILE UNIT.o]...\n"
			    "\n"
			    "Exit status: 0 all functions are proven, 1 error, 2 some are not.\n";

enum { EXIT_PROVEN = 0, EXIT_UNPROVEN = 2 };

static Elf *open_module(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	Elf *elf;

	if (fd < 0)
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	if (!elf || elf_kind(elf) != ELF_K_ELF)
		fatal("not-elf", "%s: not an ELF file, so not a module: give the .ko file", path);
	return elf;
}

/* Only its callbacks do something. */
static bool replaces_nothing(Elf *elf)
{
	struct replaced_functions functions;
	bool none = replaced_read(&functions, elf) && functions.listed && !functions.count;

	replaced_free(&functions);
	return none;
}

static void read_claims(Elf *elf, const char *path, struct shipped_records *records,
			struct claims *claims)
{
	Elf_Data *data = elf_section_bytes(elf, KPATCH_SHIPPED_SECTION);
	size_t i;

	if (!data && replaces_nothing(elf)) {
		puts("nothing is replaced: there is no shipped code to compare");
		exit(EXIT_PROVEN);
	}
	if (!data)
		fatal("no-shipped-code",
		      "%s: it does not record the shipped code of its functions (made by an old "
		      "kpatch-build): build it again",
		      path);
	if (!shipped_parse(records, data->d_buf, data->d_size))
		fatal("bad-record",
		      "%s: its record of shipped code is damaged at byte 0x%zx: %s: copy or build "
		      "it again",
		      path, records->problem_at, records->problem);
	claims->records = records;
	claims->nr = records->count;
	claims->items = xcalloc(records->count, sizeof(*claims->items));
	for (i = 0; i < records->count; i++)
		claims->items[i].record = &records->items[i];
}

static void print_position(uint64_t sympos)
{
	if (sympos > 1)
		printf(" (number %llu of that name)", (unsigned long long)sympos);
}

static char *shown(const char *text)
{
	return printable(xasprintf("%s", text));
}

static bool print_claim(const struct claim *claim)
{
	const struct shipped_record *record = claim->record;
	char *object = shown(record->object), *name = shown(record->name);

	printf("%-8s %s: %s", claim->proven ? "proven" : "refused", object, name);
	print_position(record->header.sympos);
	if (claim->proven)
		printf(", %u bytes", record->header.code_size);
	else
		printf(": %s",
		       claim->why ? claim->why : "none of the module's units has that function");
	putchar('\n');
	free(object);
	free(name);
	return claim->proven;
}

/* Its names belong to @elf. */
static void read_functions(Elf *elf, const char *path, struct replaced_functions *functions)
{
	if (!replaced_read(functions, elf))
		fatal("bad-record",
		      "%s: its list of replaced functions is damaged: %s: copy or build it again",
		      path, functions->problem);
	if (!functions->count)
		fatal("bad-record",
		      "%s: it does not tell which functions it replaces: give a module that "
		      "kpatch-build has made",
		      path);
}

/* A function without a record was never compared with anything. */
static bool print_unrecorded(Elf *elf, const char *path, const struct shipped_records *records)
{
	struct replaced_functions functions;
	bool all = true;
	size_t i;

	read_functions(elf, path, &functions);
	for (i = 0; i < functions.count; i++) {
		const struct replaced_function *function = &functions.items[i];
		char *object = shown(function->object), *name = shown(function->name);

		if (!shipped_find(records, function->object, function->name, function->position)) {
			printf("refused  %s: %s: the module replaces it and does not record its "
			       "shipped code\n",
			       object, name);
			all = false;
		}
		free(object);
		free(name);
	}
	replaced_free(&functions);
	return all;
}

int main(int argc, char **argv)
{
	struct shipped_records records;
	struct claims claims;
	bool all;
	Elf *elf;
	size_t n;
	int i;

	if (argc < 2 || argc % 3 != 2) {
		fputs(usage, stderr);
		return EXIT_FAILURE;
	}
	elf = open_module(argv[1]);
	read_claims(elf, argv[1], &records, &claims);
	for (i = 2; i < argc; i += 3)
		prove_unit(&claims, argv[i + 2], argv[i], argv[i + 1]);
	all = print_unrecorded(elf, argv[1], &records);
	for (n = 0; n < claims.nr; n++)
		all = print_claim(&claims.items[n]) && all;
	for (n = 0; n < claims.nr; n++)
		free(claims.items[n].why);
	free(claims.items);
	shipped_free(&records);
	elf_end(elf);
	return all ? EXIT_PROVEN : EXIT_UNPROVEN;
}
