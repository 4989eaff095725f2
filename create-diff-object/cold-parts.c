// SPDX-License-Identifier: GPL-2.0-only
/*
 * The unlikely part of a function ("f.cold") belongs to the function, whoever jumps to
 * it: the code itself, a snippet of an alternative, or the fixup of an exception table.
 */
#include "kinds.h"
#include "passes.h"
#include "util.h"

#include <stdlib.h>

static int by_name(const void *a, const void *b, void *arg)
{
	const struct object *obj = arg;

	return strcmp(obj->symbols[*(const uint32_t *)a].name,
		      obj->symbols[*(const uint32_t *)b].name);
}

static uint32_t *sorted_functions(struct object *obj, size_t *nr)
{
	uint32_t *list = xcalloc(obj->nr_symbols, sizeof(*list));
	const struct symbol *sym;

	*nr = 0;
	for_each_symbol (obj, sym) {
		if (sym->type == STT_FUNC && sym->section)
			list[(*nr)++] = symbol_index(obj, sym);
	}
	qsort_r(list, *nr, sizeof(*list), by_name, obj);
	return list;
}

/* The section of the function called @name, @length bytes long, or 0. */
static uint32_t find_function(const struct object *obj, const uint32_t *list, size_t nr,
			      const char *name, size_t length)
{
	size_t low = 0, high = nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const char *other = obj->symbols[list[mid]].name;
		int cmp = strncmp(other, name, length);

		if (!cmp && !other[length])
			return obj->symbols[list[mid]].section;
		if (cmp < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return 0;
}

/* Not a part itself: two that own each other would be left out, both of them. */
static bool is_function(const struct object *obj, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(obj, sec);

	return sec->kind == KIND_TEXT && !sec->split && (!sym || !is_cold_part(sym->name));
}

void own_cold_parts(struct object *obj)
{
	size_t nr;
	uint32_t *list = sorted_functions(obj, &nr);
	struct section *sec;

	for_each_section (obj, sec) {
		const struct symbol *sym = covering_symbol(obj, sec);
		uint32_t owner;

		if (!sym || sec->split || sec->kind != KIND_TEXT || !is_cold_part(sym->name))
			continue;
		owner = find_function(obj, list, nr, sym->name,
				      (size_t)(strstr(sym->name, ".cold") - sym->name));
		if (!owner || !is_function(obj, &obj->sections[owner]))
			continue;
		sec->owner = owner;
		obj->sections[owner].cold = section_index(obj, sec);
	}
	free(list);
}
