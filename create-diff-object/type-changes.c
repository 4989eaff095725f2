// SPDX-License-Identifier: GPL-2.0-only
#include "type-changes.h"
#include "fields.h"
#include "util.h"

#include <stdlib.h>

static void add_use(struct type_changes *changes, char *line)
{
	struct type_change *change;
	struct type_use use;
	uint64_t nr;

	grow(changes->lines, changes->nr_lines, changes->max_lines);
	changes->lines[changes->nr_lines++] = line;
	next_field(&line);
	nr = number_field(&line);
	use.orig = *next_field(&line) == 'o';
	use.how = (enum type_use_kind)(unsigned char)*next_field(&line);
	use.address = strtoull(next_field(&line), NULL, 16);
	use.name = line;
	if (nr >= changes->nr)
		return;
	change = &changes->list[nr];
	grow(change->uses, change->nr_uses, change->max_uses);
	change->uses[change->nr_uses++] = use;
}

static void add_change(struct type_changes *changes, char *line)
{
	struct type_change *change;

	grow(changes->list, changes->nr, changes->max);
	change = &changes->list[changes->nr++];
	*change = (struct type_change){ .line = line };
	change->id = next_field(&line);
	change->file = next_field(&line);
	change->number = number_field(&line);
	change->moved = number_field(&line);
	change->key = next_field(&line);
	change->text = line;
}

void add_type_line(struct type_changes *changes, char *line)
{
	line[strcspn(line, "\n")] = '\0';
	if (has_prefix(line, "use\t"))
		add_use(changes, line);
	else
		add_change(changes, line);
}

void free_type_changes(struct type_changes *changes)
{
	size_t i;

	for (i = 0; i < changes->nr; i++) {
		free(changes->list[i].line);
		free(changes->list[i].uses);
	}
	for (i = 0; i < changes->nr_lines; i++)
		free(changes->lines[i]);
	free(changes->lines);
	free(changes->list);
}
