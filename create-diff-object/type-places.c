// SPDX-License-Identifier: GPL-2.0-only
#include "type-places.h"

#include <string.h>

/* The nearest declaration that both objects have, before or behind a type in its file. */
static const struct type *neighbour(const struct types *types, const struct types *others,
				    const struct type *of, bool behind)
{
	const struct type *found = NULL, *type, *twin;
	size_t i;

	for (i = 0; i < types->nr; i++) {
		type = &types->type[i];
		if (strcmp(type->file, of->file) || type->line == of->line ||
		    (type->line > of->line) != behind ||
		    (found && (type->line < found->line) != behind))
			continue;
		twin = find_twin(others, type);
		if (twin && !strcmp(twin->file, type->file))
			found = type;
	}
	return found;
}

/* How far the source has moved there. */
static int64_t moved(const struct types *others, const struct type *type)
{
	return type ? (int64_t)(find_twin(others, type)->line - type->line) : 0;
}

bool is_edited(const struct types *types, const struct types *others, const struct type *type)
{
	const struct type *behind = neighbour(types, others, type, true);

	return behind &&
	       moved(others, behind) != moved(others, neighbour(types, others, type, false));
}

bool is_last(const struct types *types, const struct types *others, const struct type *type)
{
	return !neighbour(types, others, type, true);
}

/* The line of a neighbour, as the patched source has it; 0: there is none. */
static uint64_t line_of_neighbour(const struct types *types, const struct types *others,
				  const struct type *of, bool behind, bool patched)
{
	const struct type *type = neighbour(types, others, of, behind);

	if (!type)
		return 0;
	return patched ? type->line : find_twin(others, type)->line;
}

bool is_in_place_of(const struct types *orig, const struct type *old, const struct types *patched,
		    const struct type *new)
{
	return !strcmp(old->file, new->file) &&
	       line_of_neighbour(orig, patched, old, false, false) ==
		       line_of_neighbour(patched, orig, new, false, true) &&
	       line_of_neighbour(orig, patched, old, true, false) ==
		       line_of_neighbour(patched, orig, new, true, true);
}

bool is_of_unit(const struct types *types, const struct type *type)
{
	return !strcmp(type->file, relative_name(&types->source, types->unit));
}
