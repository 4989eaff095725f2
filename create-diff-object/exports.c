// SPDX-License-Identifier: GPL-2.0-only
#include "exports.h"
#include "util.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

struct export
{
	char *symbol; /* owns the line that both point into */
	char *object;
	bool restricted;
};

struct exports {
	struct export *list;
	size_t nr, max;
};

static int by_symbol(const void *a, const void *b)
{
	return strcmp(((const struct export *)a)->symbol, ((const struct export *)b)->symbol);
}

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

static void add_line(struct exports *exports, const char *path, const char *text, size_t number)
{
	char *line = xasprintf("%s", text), *rest = line, *symbol, *object, *name_space;

	strsep(&rest, "\t");
	symbol = strsep(&rest, "\t");
	object = strsep(&rest, "\t\n");
	strsep(&rest, "\t\n");
	name_space = strsep(&rest, "\t\n");
	if (!symbol || !object || !*symbol)
		fatal("bad-symvers", "%s:%zu: not a line of a Module.symvers", path, number);
	grow(exports->list, exports->nr, exports->max);
	exports->list[exports->nr++] = (struct export){
		.symbol = memmove(line, symbol, strlen(symbol) + 1),
		.object = module_name(object),
		.restricted = name_space && has_prefix(name_space, "module:"),
	};
}

struct exports *load_exports(const char *path)
{
	struct exports *exports = xcalloc(1, sizeof(*exports));
	FILE *f = fopen(path, "re");
	size_t size = 0, number = 0;
	char *line = NULL;

	if (!f)
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	while (getline(&line, &size, f) > 0)
		add_line(exports, path, line, ++number);
	if (ferror(f))
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	free(line);
	fclose(f);
	if (exports->nr)
		qsort(exports->list, exports->nr, sizeof(*exports->list), by_symbol);
	return exports;
}

void free_exports(struct exports *exports)
{
	size_t i;

	for (i = 0; i < exports->nr; i++)
		free(exports->list[i].symbol);
	free(exports->list);
	free(exports);
}

const char *exporter_of(const struct exports *exports, const char *symbol, bool *restricted)
{
	struct export key = { .symbol = (char *)symbol }, *found = NULL;

	if (exports->nr)
		found = bsearch(&key, exports->list, exports->nr, sizeof(*exports->list),
				by_symbol);
	if (restricted)
		*restricted = found && found->restricted;
	return found ? found->object : NULL;
}
