// SPDX-License-Identifier: GPL-2.0-only
#include "exports.h"
#include "names.h"
#include "util.h"
#include "wanted.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

struct export
{
	const char *symbol;
	const char *object;
	bool restricted;
};

struct exports {
	char *text; /* the file, its fields ended by NULs */
	struct export *list; /* 0 is unused */
	size_t nr, max;
	struct names by_symbol;
};

/* "drivers/net/virtio-net" is the module virtio_net (KBUILD_MODNAME). */
static char *module_name(char *path)
{
	char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *c;

	for (c = name; *c; c++) {
		if (*c == '-')
			*c = '_';
	}
	return name;
}

static void add_line(struct exports *exports, const struct wanted *wanted, const char *path,
		     char *line, size_t number)
{
	char *symbol, *object, *name_space;
	uint32_t *index;

	strsep(&line, "\t");
	symbol = strsep(&line, "\t");
	if (symbol && line && *symbol && !is_wanted(wanted, symbol, strlen(symbol)))
		return;
	object = strsep(&line, "\t");
	strsep(&line, "\t");
	name_space = strsep(&line, "\t");
	if (!symbol || !object || !*symbol)
		fatal("bad-symvers", "%s:%zu: not a line of a Module.symvers", path, number);
	index = names_value(&exports->by_symbol, symbol);
	if (*index)
		return;
	grow(exports->list, exports->nr, exports->max);
	*index = (uint32_t)exports->nr;
	exports->list[exports->nr++] = (struct export){
		.symbol = symbol,
		.object = module_name(object),
		.restricted = name_space && has_prefix(name_space, "module:"),
	};
}

/* The file as a string. Pipes and files that grow meanwhile are read to their end. */
static char *read_text(const char *path)
{
	FILE *f = fopen(path, "re");
	size_t size = 0;
	char *text = NULL;

	if (!f)
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	if (getdelim(&text, &size, '\0', f) < 0) {
		free(text);
		text = xcalloc(1, 1);
	}
	if (ferror(f))
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	if (getc(f) != EOF)
		fatal("bad-symvers", "%s has a NUL; it is no Module.symvers", path);
	fclose(f);
	return text;
}

struct exports *load_exports(const char *path, const struct wanted *wanted)
{
	struct exports *exports = xcalloc(1, sizeof(*exports));
	size_t number = 0;
	char *rest, *line;

	exports->nr = exports->max = 1;
	exports->list = xcalloc(1, sizeof(*exports->list));
	exports->text = rest = read_text(path);
	if (!*rest)
		fatal("bad-symvers", "%s has no symbols; give that of the target kernel", path);
	while ((line = strsep(&rest, "\n"))) {
		number++;
		if (*line || rest)
			add_line(exports, wanted, path, line, number);
	}
	return exports;
}

void free_exports(struct exports *exports)
{
	names_free(&exports->by_symbol);
	free(exports->list);
	free(exports->text);
	free(exports);
}

bool has_exports(const struct exports *exports)
{
	return exports->nr > 1;
}

const char *exporter_of(const struct exports *exports, const char *symbol, bool *restricted)
{
	const uint32_t *index = names_find(&exports->by_symbol, symbol, strlen(symbol));

	if (restricted)
		*restricted = index && exports->list[*index].restricted;
	return index ? exports->list[*index].object : NULL;
}
