// SPDX-License-Identifier: GPL-2.0-only
#include "changed-text.h"
#include "kinds.h"
#include "part-names.h"
#include "util.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static void add_name(struct changed_text *text, char *line)
{
	char *how = strchr(line, ' ');
	bool elsewhere = how && !strcmp(how, " elsewhere");

	if (!*line)
		return;
	if (how == line || (!elsewhere && (!how || strcmp(how, " function")))) {
		text->more = true;
		return;
	}
	*how = '\0';
	grow(text->list, text->nr, text->max);
	text->list[text->nr++] = (struct changed_name){ line, elsewhere };
}

static char *read_all(const char *path)
{
	FILE *file = fopen(path, "re");
	size_t room = 0;
	char *bytes = NULL;
	ssize_t n;

	if (!file)
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	n = getdelim(&bytes, &room, '\0', file);
	if (n < 0 && !feof(file))
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	fclose(file);
	if (n >= 0)
		return bytes;
	free(bytes);
	return xasprintf("%s", "");
}

struct changed_text *load_changed_text(const char *path)
{
	struct changed_text *text = xcalloc(1, sizeof(*text));
	char *line, *rest;

	text->bytes = rest = read_all(path);
	while ((line = strsep(&rest, "\n")))
		add_name(text, line);
	return text;
}

void free_changed_text(struct changed_text *text)
{
	if (!text)
		return;
	free(text->list);
	free(text->bytes);
	free(text);
}

const struct changed_name *find_changed_name(const struct changed_text *text, const char *name)
{
	size_t i, n = parent_length(&name);

	for (i = 0; i < text->nr; i++) {
		const char *changed = text->list[i].name;

		if (strlen(changed) == n && !strncmp(changed, name, n))
			return &text->list[i];
	}
	return NULL;
}
